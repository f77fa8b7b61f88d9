(() => {
  const items = [...document.querySelectorAll("article")];
  const outcomes = [...document.querySelectorAll("button[data-outcome]")];
  const failing = document.getElementById("failing");
  const selects = [...document.querySelectorAll("select[data-filter]")];
  const find = document.getElementById("find");
  const count = document.getElementById("count");
  const on = (button) => button.getAttribute("aria-pressed") === "true";
  const show = () => {
    const wanted = new Set(outcomes.filter(on).map((button) => button.dataset.outcome));
    const words = find.value.toLowerCase();
    let shown = 0;
    for (const item of items) {
      const fits = wanted.has(item.dataset.outcome)
        && (!on(failing) || item.dataset.failed !== "0")
        && selects.every((s) => !s.value || item.dataset[s.dataset.filter] === s.value)
        && (!words || item.textContent.toLowerCase().includes(words));
      item.hidden = !fits;
      shown += fits;
    }
    count.textContent = `${shown} of ${items.length} shown`;
  };
  for (const button of [...outcomes, failing]) {
    button.addEventListener("click", () => {
      button.setAttribute("aria-pressed", String(!on(button)));
      show();
    });
  }
  for (const field of [...selects, find]) field.addEventListener("input", show);
  show();
})();
