import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

/** A word longer than this may be broken: after a bracket, a dot or the like, rather than anywhere. */
const LONG = 16;

interface ICodeLineProps {
  text: string;
  trans: TranslationBundle;
}

/** A line of code; where it is too long for the panel, what follows stands under it, indented. */
export function CodeLine({ text, trans }: ICodeLineProps): JSX.Element {
  const line = text.replace(/\t/g, '    ');
  const code = line.trimStart();
  const indent = line.length - code.length;
  return (
    <code
      className="jp-Math4mlCode"
      style={{ marginInlineStart: `min(${indent}ch, 30%)` }}
    >
      {indent && code ? (
        <span className="jp-Math4mlAnnouncer">
          {trans.__('indented by %1:', String(indent))}{' '}
        </span>
      ) : null}
      <Breakable code={code} />
    </code>
  );
}

/** Code that may be broken at its spaces, and within long words. */
function Breakable({ code }: { code: string }): JSX.Element {
  return (
    <>
      {breakable(code).map((part, index) => (
        <React.Fragment key={index}>
          {index > 0 ? <wbr /> : null}
          {part}
        </React.Fragment>
      ))}
    </>
  );
}

/** The line in the parts between which it may be broken, besides at its spaces. */
function breakable(code: string): string[] {
  const parts = [''];
  for (const word of code.split(/(?= )/)) {
    const [first, ...more] =
      word.length > LONG
        ? (word.match(/[^([{,=._]*[([{,=._]*/g) ?? [word])
        : [word];
    parts[parts.length - 1] += first;
    parts.push(...more.filter(part => part));
  }
  return parts;
}

/** Widths of a level of indentation, in signs: as written, and as shown where there is little room. */
const LEVEL = 4;
const SHOWN = 2;

/** A line of code that can be moved: each level of its indentation is a line to be seen. */
export function CodeRow({ text, trans }: ICodeLineProps): JSX.Element {
  const line = text.replace(/\t/g, '    ');
  const code = line.trimStart();
  const indent = line.length - code.length;
  return (
    <code className="jp-Math4mlCodeRow">
      {indent ? (
        <span
          className="jp-Math4mlCodeRow-indent"
          style={{ width: `${(indent * SHOWN) / LEVEL}ch` }}
        >
          <span className="jp-Math4mlAnnouncer">
            {trans.__('indented by %1:', String(indent))}{' '}
          </span>
        </span>
      ) : null}
      <span className="jp-Math4mlCodeRow-text">
        <Breakable code={code} />
      </span>
    </code>
  );
}

interface ICodeLinesProps {
  lines: readonly string[];
  label: string;
  trans: TranslationBundle;
}

/** Lines of code, to be read. */
export function CodeLines(props: ICodeLinesProps): JSX.Element {
  return (
    <ol className="jp-Math4mlCodeLines" aria-label={props.label}>
      {props.lines.map((line, index) => (
        <li key={index}>
          <CodeLine text={line} trans={props.trans} />
        </li>
      ))}
    </ol>
  );
}
