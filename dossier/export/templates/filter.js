const field = document.getElementById("filter"), plain = t => t.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
field.parentElement.hidden = false;
field.addEventListener("input", () => { for (const row of document.querySelectorAll("tbody tr")) row.hidden = !plain(row.cells[0].textContent).includes(plain(field.value)); });
