/** What runs in the page: everything is clocked there, from the key to the change that a person sees. */
export function clocks() {
  const ALL = {
    attributes: true,
    characterData: true,
    childList: true,
    subtree: true
  };
  const PATIENCE = 60_000;
  const where = node =>
    `${node.nodeName} ${node.className ?? ''} in ${node.parentElement?.className ?? ''}`;
  const until = (root, isThere) =>
    new Promise(resolve => {
      const observer = new MutationObserver(() => look());
      const look = () => {
        if (isThere()) {
          observer.disconnect();
          resolve(performance.now());
        }
      };
      observer.observe(root, ALL);
      look();
    });
  const pressed = () =>
    new Promise(resolve => {
      addEventListener('keydown', event => resolve(event.timeStamp), {
        capture: true,
        once: true
      });
    });
  const content = () => window.jupyterapp.shell.currentWidget.content;
  const measured = { took: Promise.resolve(0), seen: () => '' };
  window.bench = {
    content,
    async prepare(at, source, mode) {
      const notebook = content();
      notebook.mode = 'command';
      notebook.activeCellIndex = at;
      await notebook.scrollToItem(at);
      if (source !== null) {
        notebook.activeCell.model.sharedModel.setSource(source);
      }
      await window.jupyterapp.commands.execute('notebook:clear-cell-output');
      notebook.mode = mode;
      notebook.activate();
    },
    /** Whether a cell is the active one, and has the keyboard. */
    isAt: index =>
      content().activeCellIndex === index &&
      content().activeCell.node.contains(document.activeElement),
    /** From the next key to the output of the active cell; the old one has been cleared. */
    output(text) {
      const { node } = content().activeCell;
      const seen = () =>
        node.querySelector('.jp-OutputArea-output')?.textContent.trim();
      const isThere = () => seen() === text;
      measured.seen = seen;
      measured.took = pressed().then(
        async began => (await until(node, isThere)) - began
      );
    },
    /** From the next key to the state of a row. */
    state(row, state) {
      const seen = () => document.querySelector(row)?.dataset.math4mlState;
      const isThere = () => seen() === state;
      measured.seen = () => `${seen()}: ${document.querySelector(row)?.innerText}`;
      measured.took = pressed().then(
        async began => (await until(document.body, isThere)) - began
      );
    },
    /** From the next key to the frame that shows what it did. */
    frame() {
      measured.took = pressed().then(
        began =>
          new Promise(resolve => {
            requestAnimationFrame(() => {
              const { port1, port2 } = new MessageChannel();
              port1.onmessage = () => resolve(performance.now() - began);
              port2.postMessage(null);
            });
          })
      );
    },
    took: () => {
      let limit = 0;
      const late = new Promise((_, reject) => {
        const tell = () => reject(
            new Error(`What was clocked never came, but ${measured.seen()}`)
          );
        limit = setTimeout(tell, PATIENCE);
      });
      return Promise.race([measured.took, late]).finally(() =>
        clearTimeout(limit)
      );
    },
    /** Wait until nothing has changed for a while: Lab fills a long notebook whenever it is idle. */
    settled: quiet =>
      new Promise((resolve, reject) => {
        let timer = 0;
        let last = document.body;
        const late = () => {
          clearTimeout(timer);
          observer.disconnect();
          reject(new Error(`The page never rests: ${where(last)}`));
        };
        const limit = setTimeout(late, PATIENCE);
        const observer = new MutationObserver(changes => {
          last = changes[0].target;
          again();
        });
        const again = () => {
          clearTimeout(timer);
          timer = setTimeout(() => {
            clearTimeout(limit);
            observer.disconnect();
            resolve();
          }, quiet);
        };
        observer.observe(document.body, ALL);
        again();
      })
  };
}
