import AxeBuilder from '@axe-core/playwright';
import { expect } from '@jupyterlab/galata';
import type { Locator, Page } from '@playwright/test';
import * as path from 'path';

const IMAGES = path.resolve(__dirname, '../../docs/images');
const MAKES_IMAGES = process.env.MATH4ML_IMAGES === '1';

export type Theme = 'light' | 'dark' | 'contrast';

const THEMES: Readonly<Record<Theme, string>> = {
  light: 'JupyterLab Light',
  dark: 'JupyterLab Dark',
  contrast: 'JupyterLab Dark High Contrast'
};

const PANEL = '#math4ml-exercises';

/** Everything of ours in the page. */
const OURS = ['#math4ml-exercises', '.jp-Math4mlCell > .jp-Math4mlBadge', '.jp-Math4mlOffer', '.jp-Math4mlStatus'];

export async function setTheme(page: Page, theme: Theme): Promise<void> {
  const name = THEMES[theme];
  await page.evaluate(async chosen => {
    if (document.body.dataset.jpThemeName !== chosen) {
      await window.jupyterapp.commands.execute('apputils:change-theme', {
        theme: chosen
      });
    }
  }, name);
  await expect(page.locator('body')).toHaveAttribute(
    'data-jp-theme-name',
    name
  );
}

/** Nothing of ours that axe calls serious or critical; of another theme of the same state, only its colours are new. */
export async function isAccessible(
  page: Page,
  { onlyColours = false } = {}
): Promise<void> {
  const there = await page.evaluate(
    all => all.filter(each => document.querySelector(each)),
    OURS
  );
  const axe = new AxeBuilder({ page }).setLegacyMode(true);
  there.forEach(each => axe.include(each));
  if (onlyColours) {
    axe.withRules(['color-contrast']);
  }
  const { violations } = await axe.analyze();
  const grave = violations.filter(
    ({ impact }) => impact === 'serious' || impact === 'critical'
  );
  const told = grave.flatMap(({ id, nodes }) =>
    nodes.map(node => `${id}: ${node.html} ${node.failureSummary ?? ''}`)
  );
  expect.soft(told).toEqual([]);
}

/** In a panel of this width nothing reaches beyond it, save what scrolls by itself. */
export async function fitsInto(page: Page, width: number): Promise<void> {
  const beyond = await page.evaluate(pixels => {
    const panel = document.querySelector<HTMLElement>('#math4ml-exercises');
    if (!panel) {
      return ['no panel'];
    }
    const before = panel.style.cssText;
    panel.style.minWidth = '0';
    panel.style.width = `${pixels}px`;
    const { right } = panel.getBoundingClientRect();
    const isHidden = (node: Element): boolean =>
      node.closest('.jp-Math4mlAnnouncer, .MathJax, mjx-container') !== null;
    const scrolls = (node: Element): boolean =>
      !!node.parentElement?.closest(
        'pre, .jp-Math4mlMarkdown, .jp-Math4mlScroll'
      );
    const found = [...panel.querySelectorAll('*')].filter(
      node =>
        !isHidden(node) &&
        !scrolls(node) &&
        node.getBoundingClientRect().right > right + 0.5
    );
    const wide = [...panel.querySelectorAll('.jp-SidePanel-content, .jp-Math4mlView')].filter(
      node => node.scrollWidth > node.clientWidth
    );
    const names = [...wide, ...found].map(
      node => `${node.nodeName} ${node.getAttribute('class') ?? ''}`
    );
    panel.style.cssText = before;
    return names;
  }, width);
  expect.soft(beyond).toEqual([]);
}

/** A picture of the panel as far as it is filled, or of a part of it, where pictures are made. */
export async function takePicture(
  page: Page,
  name: string,
  part?: string
): Promise<void> {
  if (!MAKES_IMAGES) {
    return;
  }
  const clip = await page.evaluate(([selector, isPanel]) => {
    const box = document.querySelector(selector)?.getBoundingClientRect();
    const { x = 0, y = 0, width = 1, bottom = 1 } = box ?? {};
    const parts = document.querySelectorAll(
      '.jp-Math4mlView > :not(.jp-Math4mlAnnouncer)'
    );
    // What a folded part hides has a place too: only the parts themselves count.
    const ends = [...parts].map(node => node.getBoundingClientRect().bottom);
    const end = isPanel ? Math.min(bottom, Math.max(...ends) + 8) : bottom;
    return { x, y, width, height: Math.ceil(end - y) };
  }, [part ?? PANEL, !part] as const);
  await page.screenshot({
    path: path.join(IMAGES, `${name}.png`),
    clip,
    animations: 'disabled'
  });
}

/** Open what is folded: questions that were answered before the report. */
export async function unfold(row: Locator): Promise<void> {
  const folded = row.locator('.jp-Math4mlFolded:not([open]) > summary');
  for (const summary of await folded.all()) {
    await summary.click();
  }
}
