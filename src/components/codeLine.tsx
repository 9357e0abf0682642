import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

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
      style={{ marginInlineStart: `min(${indent}ch, 40%)` }}
    >
      {indent && code ? (
        <span className="jp-Math4mlAnnouncer">
          {trans.__('indented by %1:', String(indent))}{' '}
        </span>
      ) : null}
      {code}
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
