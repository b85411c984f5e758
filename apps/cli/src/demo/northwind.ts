import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import type { JsonObject } from '#engine/json.js';

/** The sample's folder in the project's own tree; built code stands in `dist/apps/cli/src/demo`. */
const SAMPLE = new URL('../../../../../samples/northwind/', import.meta.url);

interface CustomerRow {
  readonly CustomerID: string;
  readonly CompanyName: string;
  readonly ContactName: string;
  readonly ContactTitle: string;
  readonly Address: string;
  readonly City: string;
  readonly Region: string;
  readonly PostalCode: string;
  readonly Country: string;
  readonly Phone: string;
}

interface OrderRow {
  readonly OrderID: string;
  readonly CustomerID: string;
  readonly OrderDate: string;
  /** US dollars after discount. */
  readonly Amount: string;
}

/** One company of the sample, as the content of a file. */
export interface SampleCompany {
  /** As in the sample: one of them ends in a space. */
  readonly id: string;
  readonly content: JsonObject;
  /** Date of the last order; `null` where there is none. */
  readonly lastOrderOn: string | null;
  /** Its orders as transactions, oldest first. */
  readonly orders: readonly JsonObject[];
}

/** ISO 3166 codes of the sample's countries. */
const COUNTRIES: Readonly<Record<string, string>> = {
  Argentina: 'AR',
  Austria: 'AT',
  Belgium: 'BE',
  Brazil: 'BR',
  Canada: 'CA',
  Denmark: 'DK',
  Finland: 'FI',
  France: 'FR',
  Germany: 'DE',
  Ireland: 'IE',
  Italy: 'IT',
  Mexico: 'MX',
  Norway: 'NO',
  Poland: 'PL',
  Portugal: 'PT',
  Spain: 'ES',
  Sweden: 'SE',
  Switzerland: 'CH',
  UK: 'GB',
  USA: 'US',
  Venezuela: 'VE',
};

/** Reads the 93 companies; first contact is the first order, unknown where there is none. */
export async function northwindCompanies(): Promise<SampleCompany[]> {
  const customers = await rowsOf<CustomerRow>('customers.csv');
  const orders = new Map<string, OrderRow[]>();
  for (const order of await rowsOf<OrderRow>('orders.csv')) {
    orders.set(order.CustomerID, [...(orders.get(order.CustomerID) ?? []), order]);
  }
  return customers.map((row) => {
    const own = (orders.get(row.CustomerID) ?? []).sort((a, b) => (a.OrderDate < b.OrderDate ? -1 : 1));
    return {
      id: row.CustomerID,
      content: contentOf(row, own[0]?.OrderDate),
      lastOrderOn: own.at(-1)?.OrderDate ?? null,
      orders: own.map(transactionOf),
    };
  });
}

function transactionOf({ OrderID, OrderDate, Amount }: OrderRow): JsonObject {
  return { time: OrderDate, item: `Order ${OrderID}`, amount: Amount, currency: 'USD' };
}

function contentOf(row: CustomerRow, firstOrderOn: string | undefined): JsonObject {
  const place = [row.Address, row.City, row.Region, row.PostalCode, row.Country].filter(
    (part) => part !== '',
  );
  const contact = { name: row.ContactName, position: row.ContactTitle };
  return {
    name: row.CompanyName.trim(),
    subjectType: 'company',
    region: COUNTRIES[row.Country] ?? 'unknown',
    firstContactOn: firstOrderOn ?? 'unknown',
    ...(place.length > 0 ? { address: place.join(', ') } : {}),
    ...(row.Phone !== '' ? { phone: row.Phone } : {}),
    ...(row.ContactName !== '' ? { contacts: [contact] } : {}),
  };
}

async function rowsOf<Row>(file: string): Promise<Row[]> {
  return parse<Row>(await readFile(new URL(file, SAMPLE), 'utf8'), { columns: true, bom: true });
}
