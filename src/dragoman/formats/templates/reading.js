"use strict";
(() => {
  const card = document.getElementById("card");
  const marks = [...document.querySelectorAll(".mark")];
  const lines = [...document.querySelectorAll("li[data-ref]")];
  const refsOf = (mark) => mark.dataset.refs.split(" ");

  function show(refs, from) {
    for (const mark of marks) mark.classList.toggle("on", refsOf(mark).some((ref) => refs.includes(ref)));
    const found = lines.filter((line) => refs.includes(line.dataset.ref));
    for (const line of lines) line.classList.toggle("on", found.includes(line));
    if (from === "mark" && found.length) {
      for (const line of found) line.closest("details").open = true;
      if (innerWidth >= 960) found[0].scrollIntoView({ block: "nearest" });
      const list = document.createElement("ul");
      for (const line of found) list.append(line.cloneNode(true));
      card.replaceChildren(list);
      card.hidden = false;
    }
    if (from === "line") {
      const first = marks.find((mark) => mark.classList.contains("on"));
      if (first) first.scrollIntoView({ block: "center" });
    }
  }

  function answer(element, act) {
    element.addEventListener("click", act);
    element.addEventListener("keydown", (press) => {
      if (press.key !== "Enter" && press.key !== " ") return;
      press.preventDefault();
      act();
    });
  }

  for (const mark of marks) {
    answer(mark, () => show(refsOf(mark), "mark"));
    mark.addEventListener("focus", () => show(refsOf(mark), "mark"));
  }
  for (const line of lines) answer(line, () => show([line.dataset.ref], "line"));
  for (const toggle of document.querySelectorAll(".toggle")) {
    toggle.addEventListener("click", () => {
      const on = toggle.getAttribute("aria-pressed") !== "true";
      toggle.setAttribute("aria-pressed", String(on));
      for (const mark of marks) mark.classList.toggle(`off-${toggle.dataset.kind}`, !on);
    });
  }
  document.addEventListener("keydown", (press) => {
    if (press.key !== "Escape") return;
    card.hidden = true;
    show([], "");
  });
})();
