// The tab of this page is in sight where a line of tabs is wider than the screen; a page may have two such lines.
const middle = (box) => box.left + box.width / 2;
for (const tab of document.querySelectorAll(".a-tabs [aria-current]")) {
  const line = tab.closest(".a-tabs");
  line.scrollBy({ left: middle(tab.getBoundingClientRect()) - middle(line.getBoundingClientRect()), behavior: "instant" });
}
