import type { WatchNamed } from '../../core/told-alert.ts';
import { type Execute, execute, inOverflow } from '../action.ts';

/** The way out of what one does not want to be told; whoever may not change it hears so at the click. */
export const changeWatch = ({ id }: Pick<WatchNamed, 'id'>): Execute =>
  execute('Change watch', 'watch.edit', { watch: id }, inOverflow);
