/** Languages of texts for users. */
export type Locale = 'en' | 'zh';

/** The first of our languages that `Accept-Language` asks for (RFC 9110, section 12.5.4); English where it asks for none. */
export function localeOf(acceptLanguage: string | undefined): Locale {
  const wanted = (acceptLanguage ?? '')
    .split(',')
    .slice(0, 20)
    .map((range) => {
      const [tag = '', ...parameters] = range.trim().toLowerCase().split(';');
      const q = parameters.map((one) => /^\s*q=([\d.]+)\s*$/.exec(one)?.[1]).find((one) => one !== undefined);
      return { language: tag.split('-')[0], q: q === undefined ? 1 : Number(q) };
    })
    .filter(({ language, q }) => q > 0 && (language === 'en' || language === 'zh'))
    .sort((a, b) => b.q - a.q);
  return wanted[0]?.language === 'zh' ? 'zh' : 'en';
}
