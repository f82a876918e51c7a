// On a narrow screen the row of tabs is longer than the page: show the current one.
document.querySelectorAll(".tabs").forEach((row) => {
  const current = row.querySelector("[aria-current]");
  if (current && row.scrollWidth > row.clientWidth) row.scrollLeft = current.offsetLeft - (row.clientWidth - current.offsetWidth) / 2;
});
