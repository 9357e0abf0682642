import { LabIcon } from '@jupyterlab/ui-components';

/** A list of which one line is ticked. */
export const exercisesIcon = new LabIcon({
  name: 'math4ml-lab:exercises',
  svgstr:
    '<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24">' +
    '<g class="jp-icon3 jp-icon-selectable" fill="#616161">' +
    '<path d="M12 5h9v2h-9zM12 11h9v2h-9zM12 17h9v2h-9z"/>' +
    '<path d="M5.2 9 2.4 6.200l1.300-1.300 1.500 1.500 3.600-3.600 1.300 1.300z"/>' +
    '<path d="M4 10.500h4.500v3H4zM4 16.500h4.500v3H4z"/></g></svg>'
});

/** A question mark in a ring. */
export const questionIcon = new LabIcon({
  name: 'math4ml-lab:question',
  svgstr:
    '<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24">' +
    '<g class="jp-icon3" fill="#616161">' +
    '<path d="M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm0 18a8 8 0 1 1 0-16 8 8 0 0 1 0 16z"/>' +
    '<path d="M11 16h2v2h-2zM12 6a4 4 0 0 0-4 4h2a2 2 0 1 1 3.400 1.400C12 12.500 11 13 11 15h2c0-1.500 1-1.800 2-3a4 4 0 0 0-3-6z"/></g></svg>'
});
