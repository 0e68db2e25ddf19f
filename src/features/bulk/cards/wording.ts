import { plain } from '../../../ui/escape.ts';
import { counted } from '../../../ui/rich-text.ts';
import type { BulkAct, BulkJob } from '../domain/job.ts';

interface Words {
  /** `Pause` */
  readonly verb: string;
  /** `Pausing` */
  readonly doing: string;
  /** `Paused` */
  readonly past: string;
}

const words: Readonly<Record<BulkAct, Words>> = {
  pause: { verb: 'Pause', doing: 'Pausing', past: 'Paused' },
  resume: { verb: 'Resume', doing: 'Resuming', past: 'Resumed' },
  reconnect: { verb: 'Reconnect', doing: 'Reconnecting', past: 'Reconnected' },
  rename: { verb: 'Rename', doing: 'Renaming', past: 'Renamed' },
  delete: { verb: 'Delete', doing: 'Deleting', past: 'Deleted' },
};

const undone: Readonly<Record<BulkAct, Words>> = {
  ...words,
  pause: words.resume,
  resume: { verb: 'Pause again', doing: 'Pausing again', past: 'Paused again' },
  rename: {
    verb: 'Give their old names back to',
    doing: 'Giving their old names back to',
    past: 'Gave their old names back to',
  },
};

export const wordsOf = ({ act, undoes }: Pick<BulkJob, 'act' | 'undoes'>): Words =>
  (undoes === undefined ? words : undone)[act];

export const agentsText = (count: number): string => counted(count, 'agent');

/** What a job is about: plain text. */
export const filterText = ({ filter, picked }: Pick<BulkJob, 'filter' | 'picked'>): string => {
  if (filter === '') return picked === true ? 'chosen agents' : 'every agent';
  return `${picked === true ? 'chosen agents ' : ''}where ${plain(filter, 100)}`;
};
