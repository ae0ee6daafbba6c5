for (const link of document.querySelectorAll("a.copy")) {
  const status = link.parentElement.appendChild(document.createElement("span"));
  status.setAttribute("role", "status");
  link.textContent = "Copy link";
  link.addEventListener("click", () => navigator.clipboard.writeText(link.href).then(() => { status.textContent = " Copied"; setTimeout(() => status.textContent = "", 3000); }, () => {}));
}
