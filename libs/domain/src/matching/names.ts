/** Compound surnames still in use (mainland and Taiwan name registers); any other Han surname is one letter. */
const COMPOUND = new Set(
  (
    '欧阳 歐陽 上官 司马 司馬 司徒 司空 诸葛 諸葛 皇甫 夏侯 尉迟 尉遲 公孙 公孫 慕容 令狐 宇文 长孙 長孫 闻人 聞人 ' +
    '东方 東方 南宫 南宮 西门 西門 端木 独孤 獨孤 轩辕 軒轅 钟离 鍾離 澹台 澹臺 公冶 宗政 濮阳 濮陽 淳于 单于 單于 ' +
    '太叔 申屠 仲孙 仲孫 呼延 万俟 百里 东郭 東郭 公羊 赫连 赫連 拓跋 完颜 完顏 纳兰 納蘭 第五 梁丘 左丘 谷梁 鲜于 鮮于'
  ).split(' '),
);

const SUFFIX = /[\s,]+(?:jr|sr|ii|iii|iv|phd|md)\.?$/i;

/** A name as it is compared: compatibility forms unified, case folded, no spaces or punctuation. */
export function normaliseName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}]/gu, '');
}

/**
 * The part of a person's name that the mask shows anyway. Han and Hangul names begin with it (欧阳 of 欧阳小明, 张 of
 * 张小明); in Western order it is the last word, or what stands before a comma. Of a single Western word, which may be
 * a given name, only the first letter.
 */
export function surnameOf(name: string): string {
  const text = name.normalize('NFC').trim().replace(SUFFIX, '');
  if (/^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)) {
    return text.length > 2 && COMPOUND.has(text.slice(0, 2)) ? text.slice(0, 2) : firstLetter(text);
  }
  const comma = text.indexOf(',');
  if (comma > 0) return text.slice(0, comma).trim();
  const words = text.split(/\s+/);
  return words.length > 1 ? (words.at(-1) ?? '') : firstLetter(text);
}

/** The first letter with its accents; empty of an empty text. */
export function firstLetter(text: string): string {
  return /^.\p{M}*/su.exec(text)?.[0] ?? '';
}
