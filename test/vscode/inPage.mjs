// What the tests read from VS Code's page. Each function runs there by itself: it may use nothing from outside.
// Plain JavaScript, so that the types of a browser stay out of the rest of the project.

export function readEditor() {
  const editor =
    document.querySelector('.editor-group-container.active .editor-instance .monaco-editor') ??
    document.querySelector('.editor-instance .monaco-editor');
  if (editor === null) return null;

  const byTop = new Map();
  for (const row of editor.querySelectorAll('.margin-view-overlays > div')) {
    const number = Number.parseInt(row.querySelector('.line-numbers')?.textContent ?? '', 10);
    if (!Number.isNaN(number)) byTop.set(Math.round(row.getBoundingClientRect().top), number - 1);
  }
  const lineOf = (element) => byTop.get(Math.round(element.getBoundingClientRect().top)) ?? -1;

  // VS Code draws spaces as no-break spaces, and puts marks of no width between parts.
  const plain = (text) => text.replaceAll('\u00a0', ' ').replaceAll(/[\u200b\u200c\u200d]/g, '');
  const STYLES = [
    'color',
    'backgroundColor',
    'backgroundImage',
    'borderBottom',
    'borderLeft',
    'outline',
    'textDecoration',
    'opacity',
    'fontStyle',
  ];
  const styleOf = (element) => {
    const style = getComputedStyle(element);
    return Object.fromEntries(STYLES.map((name) => [name, style[name]]));
  };
  const attached = (element, place) => {
    const { content } = getComputedStyle(element, place);
    return /^".*"$/s.test(content) ? plain(JSON.parse(content.replaceAll('\n', '\\n'))) : '';
  };
  const madeClasses = (element) => [...element.classList].filter((name) => /^ced-/.test(name)).sort();
  const describe = (element, kind, line, start, end, text) => ({
    line,
    start,
    end,
    text,
    kind,
    classes: madeClasses(element),
    before: attached(element, '::before'),
    after: attached(element, '::after'),
    style: styleOf(element),
  });

  const lines = [];
  const decorations = [];
  for (const row of editor.querySelectorAll('.view-lines > .view-line')) {
    const line = lineOf(row);
    const box = row.getBoundingClientRect();
    const edges = [];
    const spans = [];
    let text = '';
    const walker = document.createTreeWalker(row, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      if (node.nodeType === Node.ELEMENT_NODE) {
        if (madeClasses(node).length > 0) spans.push({ element: node, start: text.length, length: node.textContent });
        continue;
      }
      const range = document.createRange();
      for (let at = 0; at < node.data.length; at++) {
        if (plain(node.data[at]) === '') continue;
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        const { left, right } = range.getBoundingClientRect();
        edges[text.length] = left;
        edges[text.length + 1] = right;
        text += plain(node.data[at]);
      }
    }
    lines.push({ line, text, edges, middle: box.top + box.height / 2 });
    for (const { element, start, length } of spans) {
      const end = start + plain(length).length;
      const found = describe(element, 'inline', line, start, end, text.slice(start, end));
      const last = decorations.at(-1);
      // One decoration is drawn as several spans where the colour of the code changes within it.
      const goesOn =
        last?.kind === 'inline' &&
        last.line === line &&
        last.end === start &&
        end > start &&
        last.end > last.start &&
        last.after === '' &&
        last.classes.join() === found.classes.join();
      if (goesOn) Object.assign(last, { end, text: last.text + found.text, after: found.after });
      else decorations.push(found);
    }
  }
  lines.sort((a, b) => a.middle - b.middle);

  for (const element of editor.querySelectorAll(
    '.view-overlays .cdr, .glyph-margin-widgets .cgmr, .margin-view-overlays .cmdr',
  )) {
    if (madeClasses(element).length === 0) continue;
    const box = element.getBoundingClientRect();
    const line = lines.find(({ middle }) => middle > box.top && middle < box.bottom);
    if (line === undefined) continue;
    if (!element.classList.contains('cdr')) {
      decorations.push(describe(element, 'gutter', line.line, 0, 0, ''));
      continue;
    }
    // Characters whose middle lies over the box.
    const covered =
      [...line.text].length === 0
        ? []
        : line.edges.slice(0, -1).flatMap((left, at) => {
            const middle = (left + line.edges[at + 1]) / 2;
            return middle > box.left && middle < box.right ? [at] : [];
          });
    const start = covered[0] ?? 0;
    const end = covered.length === 0 ? start : covered.at(-1) + 1;
    const whole = box.width >= (element.parentElement?.getBoundingClientRect().width ?? Infinity) - 1;
    decorations.push(describe(element, whole ? 'line' : 'box', line.line, start, end, line.text.slice(start, end)));
  }
  decorations.sort((a, b) => a.line - b.line || a.start - b.start || a.end - b.end);
  return { lines, decorations };
}

export function readOverviewRuler() {
  const canvas =
    document.querySelector('.editor-group-container.active canvas.decorationsOverviewRuler') ??
    document.querySelector('canvas.decorationsOverviewRuler');
  if (canvas === null || canvas.width === 0 || canvas.height === 0) return [];
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  const hex = (at) => '#' + [...data.slice(at, at + 4)].map((part) => part.toString(16).padStart(2, '0')).join('');
  const open = new Map();
  const marks = [];
  for (let y = 0; y <= canvas.height; y++) {
    const here = new Set();
    for (let x = 0; x < canvas.width && y < canvas.height; x++) {
      const at = (y * canvas.width + x) * 4;
      if (data[at + 3] !== 0) here.add(hex(at));
    }
    for (const [color, from] of open) {
      if (here.has(color)) continue;
      marks.push({ color, from: from / canvas.height, to: y / canvas.height });
      open.delete(color);
    }
    for (const color of here) if (!open.has(color)) open.set(color, y);
  }
  return marks.sort((a, b) => a.from - b.from);
}

export function readTreeRows(viewTitle) {
  const same = (text) => text?.trim().toLowerCase() === viewTitle.toLowerCase();
  const shown = (element) => element.getClientRects().length > 0;
  const titled = [...document.querySelectorAll('.pane')].find((pane) =>
    same(pane.querySelector('.pane-header .title')?.textContent),
  );
  // A view that is alone in its container has its title on the container.
  const part = [...document.querySelectorAll('.part')].find((each) =>
    [...each.querySelectorAll('.composite.title h2')].some(({ textContent }) => {
      const [container, view] = (textContent ?? '').split(': ');
      return same(textContent) || same(view) || same(container);
    }),
  );
  const view = titled ?? part?.querySelector('.pane');
  const list = [...(view?.querySelectorAll('.monaco-list') ?? [])].find(shown);
  if (list === undefined) return null;
  return [...list.querySelectorAll('.monaco-list-row')]
    .sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)
    .map((row) => ({
      label: row.querySelector('.monaco-icon-name-container')?.parentElement.querySelector('.label-name')
        ? [...row.querySelectorAll('.label-name, .label-suffix')].map(({ textContent }) => textContent).join('')
        : (row.textContent ?? ''),
      description: row.querySelector('.label-description')?.textContent ?? '',
      spoken: row.getAttribute('aria-label') ?? '',
      level: Number(row.getAttribute('aria-level') ?? 1),
      expanded: row.hasAttribute('aria-expanded') ? row.getAttribute('aria-expanded') === 'true' : null,
      selected: row.getAttribute('aria-selected') === 'true',
    }));
}

export function readStatusBar() {
  return [...document.querySelectorAll('.part.statusbar .statusbar-item')]
    .filter((item) => item.getClientRects().length > 0)
    .map((item) => {
      const label = item.querySelector('.statusbar-item-label') ?? item;
      return {
        id: item.id,
        text: (label.textContent ?? '').replaceAll('\u00a0', ' ').trim(),
        spoken: label.getAttribute('aria-label') ?? item.getAttribute('aria-label') ?? '',
        color: getComputedStyle(label).color,
        backgroundColor: getComputedStyle(item).backgroundColor,
      };
    });
}

export function readNotifications() {
  return [...document.querySelectorAll('.notification-list-item')].map((item) => ({
    severity: item.querySelector('.codicon-error')
      ? 'error'
      : item.querySelector('.codicon-warning')
        ? 'warning'
        : 'info',
    message: item.querySelector('.notification-list-item-message')?.textContent ?? '',
    buttons: [...item.querySelectorAll('.notification-list-item-buttons-container .monaco-button')].map(
      ({ textContent }) => textContent ?? '',
    ),
  }));
}

export function readQuickInput() {
  const widget = document.querySelector('.quick-input-widget');
  if (widget === null || widget.getClientRects().length === 0) return null;
  const text = (root, selector) => root.querySelector(selector)?.textContent?.replaceAll('\u00a0', ' ').trim() ?? '';
  const input = widget.querySelector('.quick-input-box input');
  return {
    title: text(widget, '.quick-input-title'),
    placeholder: input?.placeholder ?? '',
    value: input?.value ?? '',
    message: text(widget, '.quick-input-message'),
    rows: [...widget.querySelectorAll('.quick-input-list .monaco-list-row')]
      .filter((row) => row.getClientRects().length > 0)
      .sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)
      .map((row) => ({
        label: text(row, '.label-name'),
        description: text(row, '.label-description'),
        detail: text(row, '.quick-input-list-label-meta'),
      })),
  };
}

export function readHover() {
  const hover = [
    ...document.querySelectorAll('.monaco-editor .monaco-hover, .monaco-resizable-hover .monaco-hover'),
  ].find((each) => !each.classList.contains('hidden') && each.getClientRects().length > 0);
  if (hover === undefined) return null;
  const content = hover.querySelector('.monaco-hover-content') ?? hover;
  return { text: content.innerText.replaceAll('\u00a0', ' ').trim(), html: content.innerHTML };
}

export function isReady() {
  return (
    document.querySelector('.monaco-workbench .part.statusbar') !== null &&
    performance.getEntriesByName('code/didLoadExtensions').length > 0
  );
}
