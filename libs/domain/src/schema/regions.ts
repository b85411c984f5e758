import type { Label } from './field.js';

/** Provinces of GB/T 2260 by their first two digits. */
const PROVINCES: Readonly<Record<string, Label>> = {
  11: { en: 'Beijing', zh: '北京市' },
  12: { en: 'Tianjin', zh: '天津市' },
  13: { en: 'Hebei', zh: '河北省' },
  14: { en: 'Shanxi', zh: '山西省' },
  15: { en: 'Inner Mongolia', zh: '内蒙古自治区' },
  21: { en: 'Liaoning', zh: '辽宁省' },
  22: { en: 'Jilin', zh: '吉林省' },
  23: { en: 'Heilongjiang', zh: '黑龙江省' },
  31: { en: 'Shanghai', zh: '上海市' },
  32: { en: 'Jiangsu', zh: '江苏省' },
  33: { en: 'Zhejiang', zh: '浙江省' },
  34: { en: 'Anhui', zh: '安徽省' },
  35: { en: 'Fujian', zh: '福建省' },
  36: { en: 'Jiangxi', zh: '江西省' },
  37: { en: 'Shandong', zh: '山东省' },
  41: { en: 'Henan', zh: '河南省' },
  42: { en: 'Hubei', zh: '湖北省' },
  43: { en: 'Hunan', zh: '湖南省' },
  44: { en: 'Guangdong', zh: '广东省' },
  45: { en: 'Guangxi', zh: '广西壮族自治区' },
  46: { en: 'Hainan', zh: '海南省' },
  50: { en: 'Chongqing', zh: '重庆市' },
  51: { en: 'Sichuan', zh: '四川省' },
  52: { en: 'Guizhou', zh: '贵州省' },
  53: { en: 'Yunnan', zh: '云南省' },
  54: { en: 'Tibet', zh: '西藏自治区' },
  61: { en: 'Shaanxi', zh: '陕西省' },
  62: { en: 'Gansu', zh: '甘肃省' },
  63: { en: 'Qinghai', zh: '青海省' },
  64: { en: 'Ningxia', zh: '宁夏回族自治区' },
  65: { en: 'Xinjiang', zh: '新疆维吾尔自治区' },
  71: { en: 'Taiwan', zh: '台湾省' },
  81: { en: 'Hong Kong', zh: '香港特别行政区' },
  82: { en: 'Macao', zh: '澳门特别行政区' },
};

/** ISO 3166-1 alpha-2, officially assigned. */
const COUNTRIES = new Set(
  (
    'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ ' +
    'CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR ' +
    'GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO ' +
    'JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR ' +
    'MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO ' +
    'RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV ' +
    'TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW'
  ).split(' '),
);

/**
 * Whether it has the form of a GB/T 2260 code (province `330000`, city `330100`, county `330106`) of an existing
 * province, or is a country of ISO 3166-1 alpha-2. Cities and counties change yearly and are not listed.
 */
export function isRegion(code: string): boolean {
  if (COUNTRIES.has(code)) return true;
  return /^\d{6}$/.test(code) && code.slice(0, 2) in PROVINCES && !/^\d\d00(?!00)/.test(code);
}

/** The region and those that contain it, widest first: `330106` gives `330000`, `330100`, `330106`. */
export function regionPath(code: string): readonly string[] {
  if (!/^\d{6}$/.test(code)) return [code];
  return [...new Set([`${code.slice(0, 2)}0000`, `${code.slice(0, 4)}00`, code])];
}

/** Name of a province, by any code within it; undefined for other countries. */
export function provinceOf(code: string): Label | undefined {
  return /^\d{6}$/.test(code) ? PROVINCES[code.slice(0, 2)] : undefined;
}
