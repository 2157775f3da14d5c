// The filter: hides the rows of articles that do not hold every word typed, and keeps what was typed in the address.
"use strict";
const form = document.querySelector(".filter");
const box = form.querySelector("input");
const told = form.querySelector("output");
const rows = [...document.querySelectorAll("#list tbody tr")].map((row) => ({
  row,
  text: (row.textContent + " " + row.dataset.find).toLowerCase().normalize("NFC"),
}));

function filter() {
  const words = box.value.toLowerCase().normalize("NFC").split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const { row, text } of rows) {
    row.hidden = !words.every((word) => text.includes(word));
    shown += row.hidden ? 0 : 1;
  }
  told.textContent = words.length ? told.dataset.say.replace("{}", `${shown} / ${rows.length}`) : "";
}

function search(words) {
  box.value = words;
  history.replaceState(null, "", words ? "#q=" + encodeURIComponent(words) : location.pathname);
  filter();
}

function fromAddress() {
  const asked = new URLSearchParams(location.hash.slice(1)).get("q");
  if (asked !== null) {
    box.value = asked;
    filter();
  }
}

box.addEventListener("input", () => search(box.value));
addEventListener("hashchange", fromAddress);

// A name among the most named becomes a button that filters by it.
for (const name of document.querySelectorAll(".tops .name")) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = name.textContent;
  button.addEventListener("click", () => {
    search(button.textContent);
    box.focus();
  });
  name.replaceChildren(button);
}

form.hidden = false;
fromAddress();
