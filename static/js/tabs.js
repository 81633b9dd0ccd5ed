// The tab of this page is in sight where the line of tabs is wider than the screen.
const tab = document.querySelector(".a-tabs [aria-current]");
if (tab) {
  const line = tab.closest(".a-tabs");
  const middle = (box) => box.left + box.width / 2;
  line.scrollBy({ left: middle(tab.getBoundingClientRect()) - middle(line.getBoundingClientRect()), behavior: "instant" });
}
