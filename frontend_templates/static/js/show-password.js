// Puts a "Show" button beside each password field. Its words come from the page, so that they are translated.
const words = document.querySelector("template[data-show]")?.dataset;

function attach(input) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn quiet small";
  button.setAttribute("aria-controls", input.id);
  const say = () => { button.textContent = input.type === "text" ? words.hide : words.show; };
  button.addEventListener("click", () => {
    input.type = input.type === "password" ? "text" : "password";
    say();
  });
  const row = document.createElement("span");
  row.className = "secret";
  input.replaceWith(row);
  row.append(input, button);
  // A field that is shown while the form is sent would be remembered by the browser as plain text.
  input.form?.addEventListener("submit", () => { input.type = "password"; });
  say();
}

if (words) document.querySelectorAll("input[data-show-password]").forEach(attach);
