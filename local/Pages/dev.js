// What the pages do beyond plain HTML: copy buttons, and a note when mail has come. Everything else works without this.
for (const button of document.querySelectorAll('button[data-copy]')) {
  button.hidden = false;
  button.addEventListener('click', async () => {
    const source = document.getElementById(button.dataset.copy);
    await navigator.clipboard.writeText(source.value ?? source.textContent);
    const label = button.textContent;
    button.textContent = 'Copied';
    setTimeout(() => { button.textContent = label; }, 1500);
  });
}

const note = document.getElementById('new-mail');
if (note) {
  const look = async () => {
    if (!document.hidden) {
      const answer = await fetch(`/dev/mail.json?limit=1&to=${encodeURIComponent(note.dataset.to)}`).catch(() => null);
      const [newest] = answer?.ok ? await answer.json() : [];
      note.hidden = !newest || newest.id === note.dataset.newest;
    }
    setTimeout(look, 2000);
  };
  setTimeout(look, 2000);
}
