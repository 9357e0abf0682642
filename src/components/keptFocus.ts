import type { RefObject } from 'react';
import { useEffect, useLayoutEffect, useRef } from 'react';

/** Give the focus to `host` when what had it inside has gone; never take it from elsewhere. */
export function useKeptFocus(host: RefObject<HTMLElement | null>): void {
  const last = useRef<Element | null>(null);
  useEffect(() => {
    const node = host.current;
    const onIn = (event: FocusEvent): void => {
      last.current = event.target as Element;
    };
    const onOut = ({ target, relatedTarget }: FocusEvent): void => {
      const forget = (): void => {
        if (last.current === target && (target as Element).isConnected) {
          last.current = null;
        }
      };
      // Whoever leaves for elsewhere has gone of their own will.
      if (relatedTarget) {
        forget();
      } else if (document.hasFocus()) {
        // Browsers tell of a removal while the node still stands there: look again afterwards.
        setTimeout(forget);
      }
    };
    node?.addEventListener('focusin', onIn);
    node?.addEventListener('focusout', onOut);
    return () => {
      node?.removeEventListener('focusin', onIn);
      node?.removeEventListener('focusout', onOut);
    };
  }, [host]);
  useLayoutEffect(() => {
    if (last.current && !last.current.isConnected) {
      last.current = null;
      if (document.activeElement === document.body) {
        host.current?.focus();
      }
    }
  });
}
