// Without this script everything works too: links lead to a page that asks, and the key can be selected by hand.
"use strict";
for (const link of document.querySelectorAll("[data-venster]")) {
  const dialog = document.getElementById(link.dataset.venster);
  if (!dialog || typeof dialog.showModal !== "function") continue;
  link.setAttribute("role", "button");
  link.setAttribute("aria-haspopup", "dialog");
  const open = (event) => { event.preventDefault(); dialog.showModal(); };
  link.addEventListener("click", open);
  link.addEventListener("keydown", (event) => { if (event.key === " ") open(event); });
  dialog.querySelector("[data-sluit]").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => link.focus());
}
for (const button of document.querySelectorAll("[data-kopieer]")) {
  const field = document.getElementById(button.dataset.kopieer);
  const said = document.getElementById("gekopieerd");
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      said.textContent = "✓ Gekopieerd.";
    } catch {
      said.textContent = "Kopiëren lukt niet vanzelf: de sleutel is geselecteerd, druk op Ctrl+C.";
    }
  });
}
