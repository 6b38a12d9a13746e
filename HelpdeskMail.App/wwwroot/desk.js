// Ticket pages: whether somebody is reading, moving through a list by keyboard, and mail frames as high as their mail.

let touched = 0;
const touch = event => {
  if (event.target instanceof Element && event.target.closest('.ticket-list tbody')) touched = Date.now();
};
for (const kind of ['pointermove', 'pointerdown', 'keydown', 'touchmove']) document.addEventListener(kind, touch, { passive: true });

/** Rows must not move away under somebody's eyes: the list is scrolled, or the pointer or the focus was at a row just now. */
export function isReading(list) {
  if (!list?.isConnected) return false;
  const top = list.getBoundingClientRect().top;
  return top < -40 || Date.now() - touched < 2500 || Boolean(document.activeElement?.closest('.ticket-list tbody'));
}

// j and k (or the arrow keys) go through the rows of a list; Enter opens, as on any link.
document.addEventListener('keydown', event => {
  const target = event.target;
  if (event.ctrlKey || event.altKey || event.metaKey || !(target instanceof Element) || target.closest('input, textarea, select, [contenteditable]')) return;
  const down = event.key === 'j' || event.key === 'ArrowDown';
  const up = event.key === 'k' || event.key === 'ArrowUp';
  const list = document.querySelector('.ticket-list');
  if (!list || (!down && !up)) return;
  const inside = target.closest('.ticket-list tbody');
  if (event.key.startsWith('Arrow') && !inside) return; // arrows scroll the page as everywhere
  const links = [...list.querySelectorAll('tbody .row-title')];
  const at = links.indexOf(target);
  const next = links[at < 0 ? (down ? 0 : links.length - 1) : at + (down ? 1 : -1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.scrollIntoView({ block: 'nearest' });
});

// ---- Mail frames: no script runs inside, but they are of our own origin, so that we may measure them from here.
const frames = new WeakSet();

function fit(frame) {
  const body = frame.contentDocument?.body;
  if (!body) return;
  const height = Math.min(Math.max(body.scrollHeight, body.offsetHeight, 24), 20000);
  const wide = body.scrollWidth > body.clientWidth ? 18 : 0; // room for the scroll bar of a wide mail
  frame.style.height = `${height + wide}px`;
}

function watch(frame) {
  if (frames.has(frame)) return;
  frames.add(frame);
  const loaded = () => {
    fit(frame);
    const body = frame.contentDocument?.body;
    if (!body) return;
    new ResizeObserver(() => fit(frame)).observe(body);
    for (const image of body.querySelectorAll('img')) image.addEventListener('load', () => fit(frame), { once: true });
    frame.dataset.ready = 'true';
  };
  frame.addEventListener('load', loaded);
  if (frame.contentDocument?.readyState === 'complete' && frame.contentDocument.URL !== 'about:blank') loaded();
}

const watchAll = () => document.querySelectorAll('iframe.mail-frame').forEach(watch);
new MutationObserver(watchAll).observe(document.body, { childList: true, subtree: true });
watchAll();

export function reveal(id, focus) {
  const element = document.getElementById(id);
  if (!element) return;
  element.scrollIntoView({ block: 'center', behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' });
  if (focus) element.focus({ preventScroll: true });
}

export const zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;
