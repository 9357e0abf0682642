import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { Widget } from '@lumino/widgets';
import React, { useLayoutEffect, useRef } from 'react';

const MIME = 'text/markdown';

interface IMarkdownProps {
  text: string;
  rendermime: IRenderMimeRegistry | null;
}

/** Markdown with mathematics, rendered untrusted; as it stands where there is no renderer. */
export function Markdown({ text, rendermime }: IMarkdownProps): JSX.Element {
  const host = useRef<HTMLDivElement>(null);
  // In the layout phase, or the renderer would leave after its host.
  useLayoutEffect(() => {
    if (!rendermime || !host.current?.isConnected) {
      return;
    }
    const renderer = rendermime.createRenderer(MIME);
    const model = rendermime.createModel({
      data: { [MIME]: text },
      trusted: false
    });
    // Attached first: mathematics is set only in a widget that is attached.
    Widget.attach(renderer, host.current);
    void renderer.renderModel(model);
    return () => renderer.dispose();
  }, [text, rendermime]);
  return (
    <div ref={host} className="jp-Math4mlMarkdown">
      {rendermime ? null : text}
    </div>
  );
}
