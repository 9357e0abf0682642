/** Finds in a trace of Chromium's which long tasks are the extension's. */

const OURS = /\/extensions\/math4ml-lab\//;
const REACT = /react-dom/;

/**
 * The task of a page's main thread that did the most for the extension, in milliseconds.
 *
 * A sample counts as ours when a function of ours is on its stack, and also when React's is in a task in which ours is:
 * React writes our rows into the page after our functions have returned.
 */
export function longest(events) {
  const threads = new Map();
  const thread = ({ pid, tid }) => {
    const key = `${pid}.${tid}`;
    if (!threads.has(key)) {
      threads.set(key, { tasks: [], isPage: false });
    }
    return threads.get(key);
  };
  const profiles = new Map();
  for (const event of events) {
    if (event.name === 'thread_name' && event.args.name === 'CrRendererMain') {
      thread(event).isPage = true;
    } else if (event.name === 'RunTask' || event.name.endsWith('::RunTask')) {
      thread(event).tasks.push({
        began: event.ts,
        ended: event.ts + (event.dur ?? 0)
      });
    } else if (event.name === 'Profile') {
      profiles.set(`${event.pid}.${event.id}`, {
        thread: thread(event),
        nodes: new Map(),
        samples: [],
        at: event.args.data.startTime
      });
    } else if (event.name === 'ProfileChunk') {
      gather(profiles.get(`${event.pid}.${event.id}`), event.args.data);
    }
  }
  let worst = { task: 0, ours: 0, react: 0 };
  for (const profile of profiles.values()) {
    if (!profile.thread.isPage) {
      continue;
    }
    for (const task of split(profile)) {
      if (task.ours > 0 && task.ours + task.react > worst.ours + worst.react) {
        worst = task;
      }
    }
  }
  return worst;
}

function gather(profile, { cpuProfile, timeDeltas }) {
  if (!profile || !cpuProfile) {
    return;
  }
  for (const { id, parent, callFrame } of cpuProfile.nodes ?? []) {
    const above = profile.nodes.get(parent);
    const url = callFrame.url ?? '';
    profile.nodes.set(id, {
      isOurs: above?.isOurs || OURS.test(url),
      isReact: above?.isReact || REACT.test(url)
    });
  }
  cpuProfile.samples?.forEach((id, index) => {
    profile.at += timeDeltas[index];
    profile.samples.push({ at: profile.at, node: profile.nodes.get(id) });
  });
}

/** For each task of the profile's thread: its length, our part of it, and React's. */
function* split({ samples, thread }) {
  const tasks = outermost(thread.tasks);
  const sorted = samples.sort((a, b) => a.at - b.at);
  let next = 0;
  for (const { began, ended } of tasks) {
    const task = { task: (ended - began) / 1e3, ours: 0, react: 0 };
    while (next < sorted.length && sorted[next].at < began) {
      next += 1;
    }
    for (; next < sorted.length && sorted[next].at <= ended; next += 1) {
      const { at, node } = sorted[next];
      // A sample stands for the time until the next one.
      const took = (Math.min(sorted[next + 1]?.at ?? ended, ended) - at) / 1e3;
      if (node?.isOurs) {
        task.ours += took;
      } else if (node?.isReact) {
        task.react += took;
      }
    }
    yield task;
  }
}

/** The tasks that are in no other, in the order of time. */
function outermost(tasks) {
  const kept = [];
  for (const task of tasks.sort(
    (a, b) => a.began - b.began || b.ended - a.ended
  )) {
    if (!kept.length || task.began >= kept.at(-1).ended) {
      kept.push(task);
    }
  }
  return kept;
}
