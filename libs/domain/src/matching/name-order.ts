import { pinyin } from 'pinyin-pro';
import type { SubjectType } from '../schema/fields.js';

/**
 * A text by which names sort as in a telephone directory: Han letters by their pinyin (a person's
 * surname as surnames are read: 单 shan, not dan), all others folded to plain lower case. Names that read alike keep one order among themselves.
 */
export function nameOrderKey(subject: SubjectType, name: string): string {
  const text = name.normalize('NFKC').trim();
  const syllables = /\p{Script=Han}/u.test(text)
    ? pinyin(text, {
        toneType: 'none',
        surname: subject === 'person' ? 'head' : 'off',
        type: 'array',
        v: true,
      })
    : [text];
  return `${fold(join(syllables))} ${text}`.trim();
}

/** Syllables apart from each other, so that 西安 (xi an) comes before 先 (xian); letters of other scripts together. */
function join(syllables: readonly string[]): string {
  return syllables.map((each) => (/^[a-z]{2,}$/.test(each) ? `${each} ` : each)).join('');
}

function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
