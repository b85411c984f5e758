import { Roles } from '../../auth/access.js';

/** Reachable for those who may see the index of records: all staff but the administrator. */
export const IndexReaders = () =>
  Roles('manager', 'collector', 'analyst', 'custodian', 'executive', 'auditor');
