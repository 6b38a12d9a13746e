// What the portal needs from the browser beyond Blazor: times in the viewer's zone, the navigation's fold,
// menus that close by themselves, and putting the focus where a form found a fault. Works with or without a circuit.
(() => {
  'use strict';
  const root = document.documentElement;

  // ---- <time data-local="datetime|date|time|moment|clock|relative" datetime="…Z">: the server writes UTC, the viewer reads local time.
  const styles = {
    datetime: new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' }),
    date: new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' }),
    time: new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' }),
    moment: new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'short' }),
    clock: new Intl.DateTimeFormat(undefined, { timeStyle: 'short' }),
    full: new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'long' })
  };
  const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });
  const units = [['day', 86400], ['hour', 3600], ['minute', 60]];

  function ago(date) {
    const seconds = (date - Date.now()) / 1000;
    if (Math.abs(seconds) > 7 * 86400) return styles.date.format(date);
    for (const [unit, size] of units) {
      if (Math.abs(seconds) >= size) return relative.format(Math.trunc(seconds / size), unit);
    }
    return relative.format(Math.abs(seconds) < 10 ? 0 : Math.trunc(seconds), 'second');
  }

  // Only the text node's data is changed: Blazor keeps that node and may write to it again.
  function show(time) {
    const text = time.firstChild;
    const date = new Date(time.dateTime);
    if (!text || text.nodeType !== Node.TEXT_NODE || Number.isNaN(date.getTime())) return;
    const style = time.dataset.local;
    const wanted = style === 'relative' ? ago(date) : (styles[style] ?? styles.datetime).format(date);
    if (text.data !== wanted) text.data = wanted;
    const title = styles.full.format(date);
    if (time.title !== title) time.title = title;
  }

  const showAll = from => from.querySelectorAll?.('time[data-local]').forEach(show);

  new MutationObserver(changes => {
    for (const change of changes) {
      const time = (change.target.nodeType === Node.ELEMENT_NODE ? change.target : change.target.parentElement)?.closest?.('time[data-local]');
      if (time) show(time);
      for (const node of change.addedNodes) {
        if (node.nodeType !== Node.ELEMENT_NODE) continue;
        if (node.matches('time[data-local]')) show(node);
        showAll(node);
      }
    }
  }).observe(root, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ['datetime'] });
  setInterval(() => document.querySelectorAll('time[data-local=relative]').forEach(show), 30000);
  showAll(document);

  // ---- Navigation: folded to a rail on wide screens (remembered), a drawer on narrow ones.
  const narrow = matchMedia('(max-width: 52rem)');
  const stored = () => { try { return localStorage.getItem('nav'); } catch { return null; } };
  const remember = value => { try { localStorage.setItem('nav', value); } catch { /* private mode: not remembered */ } };

  function setNav(state) {
    root.dataset.nav = state;
    document.querySelectorAll('[data-nav-toggle]').forEach(button => button.setAttribute('aria-expanded', String(state === 'open')));
  }
  const settle = () => setNav(narrow.matches ? 'closed' : stored() ?? 'open');
  narrow.addEventListener('change', settle);
  settle();

  function closeDrawer() {
    if (!narrow.matches || root.dataset.nav !== 'open') return;
    setNav('closed');
  }

  document.addEventListener('click', event => {
    const target = event.target instanceof Element ? event.target : null;
    if (!target) return;
    if (target.closest('[data-nav-toggle]')) {
      const state = root.dataset.nav === 'open' ? 'closed' : 'open';
      setNav(state);
      if (!narrow.matches) remember(state);
      return;
    }
    if (target.closest('[data-nav-close], .sidenav a')) closeDrawer();
    // A fragment link would go through <base href> to the home page.
    if (target.closest('.skip-link')) {
      event.preventDefault();
      document.getElementById('content')?.focus();
    }
    for (const menu of document.querySelectorAll('details.menu[open]')) {
      if (!menu.contains(target) || target.closest('.menu-items a, .menu-items button')) menu.open = false;
    }
  });

  document.addEventListener('keydown', event => {
    if (event.key !== 'Escape') return;
    closeDrawer();
    const menu = document.querySelector('details.menu[open]');
    if (menu) {
      menu.open = false;
      menu.querySelector('summary')?.focus();
    }
  });

  window.helpdesk = {
    // After a refused save: the first field at fault, with any folded section around it opened.
    focusFault(form) {
      const fault = form?.querySelector('[aria-invalid=true]') ?? form?.querySelector('.fault-summary');
      for (let fold = fault?.closest('details'); fold; fold = fold.parentElement?.closest('details')) fold.open = true;
      fault?.focus();
      fault?.scrollIntoView({ block: 'center' });
    },
    reveal(element) { element?.scrollIntoView({ block: 'nearest', behavior: 'smooth' }); },
    // What was typed or pasted, in UTF-8: taken as a stream, because a mail is larger than a message to the server may be.
    bytes(id) { return new TextEncoder().encode(document.getElementById(id)?.value ?? ''); },
    focus(id) { document.getElementById(id)?.focus(); },
    async copy(text) {
      try { await navigator.clipboard.writeText(text); return true; } catch { return false; }
    }
  };
})();
