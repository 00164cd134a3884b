// Follows a replay while it moves: asks once a second for its part of the page, and stops when it is over.
(() => {
  'use strict';
  const PERIOD = 1000;
  const live = document.getElementById('live');
  const acts = document.getElementById('acts');
  const moves = (state) => state === 'running' || state === 'paused' || state === 'ending';

  const show = (state, say) => {
    if (live && live.textContent !== say && !moves(state)) {
      live.textContent = say;
      live.hidden = false;
      live.classList.add('unseen');
    }
    if (acts) {
      acts.querySelectorAll('[data-when]').forEach((form) => {
        form.hidden = !form.dataset.when.split(' ').includes(state);
      });
    }
  };

  const put = (place, html) => {
    const link = place.contains(document.activeElement) ? document.activeElement.getAttribute('href') : null;
    place.innerHTML = html;
    if (link) {
      const again = Array.from(place.querySelectorAll('a')).find((one) => one.getAttribute('href') === link);
      if (again) {
        again.focus();
      }
    }
  };

  const follow = (place) => {
    let last = '';
    const next = async () => {
      const part = place.querySelector('[data-state]');
      if (!part || !moves(part.dataset.state)) {
        return;
      }
      try {
        const answer = await fetch(place.dataset.follow, { headers: { Accept: 'text/html' }, redirect: 'error' });
        const html = answer.ok ? (await answer.text()).trim() : last;
        if (html && html !== last) {
          last = html;
          put(place, html);
          const now = place.querySelector('[data-state]');
          show(now.dataset.state, now.dataset.say);
        }
      } catch (lost) {
        // The hub may be starting again; the page keeps what it has and asks on.
      }
      setTimeout(next, PERIOD);
    };
    setTimeout(next, PERIOD / 4);
  };

  document.querySelectorAll('[data-follow]').forEach(follow);
})();
