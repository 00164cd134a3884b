// Keeps the page live: the hub sends each part that changed, rendered; here it only takes the place of the old one.
(() => {
  'use strict';
  const status = document.getElementById('live');
  if (!status || !window.EventSource) {
    return;
  }

  const say = (text, lost) => {
    if (status.textContent !== text) {
      status.textContent = text;
    }
    status.hidden = false;
    status.classList.toggle('bad', lost);
  };

  const replace = (id, html) => {
    const old = document.getElementById(id);
    if (!old) {
      return;
    }
    const focused = old.contains(document.activeElement) ? document.activeElement.getAttribute('href') : null;
    const template = document.createElement('template');
    template.innerHTML = html;
    old.replaceWith(template.content);
    if (focused) {
      const again = Array.from(document.getElementById(id).querySelectorAll('a'))
        .find((link) => link.getAttribute('href') === focused);
      if (again) {
        again.focus();
      }
    }
  };

  const source = new EventSource('/events' + window.location.search);
  source.addEventListener('open', () => say('Live', false));
  source.addEventListener('error', () => {
    const over = source.readyState === EventSource.CLOSED;
    say(over ? 'Connection lost. Reload the page.' : 'Connection lost, trying again. The numbers may be old.', true);
  });
  source.addEventListener('fragment', (event) => {
    const { id, html } = JSON.parse(event.data);
    replace(id, html);
  });
})();
