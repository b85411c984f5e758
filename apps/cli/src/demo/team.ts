/** The people of the demo's story, beside the administrator. */
export const TEAM = [
  { id: 'executive', name: '林静', role: 'executive' },
  { id: 'manager', name: '王敏', role: 'manager' },
  { id: 'custodian', name: '赵宏', role: 'custodian' },
  { id: 'collector-1', name: '孙丽', role: 'collector' },
  { id: 'collector-2', name: '周强', role: 'collector' },
  { id: 'analyst', name: '吴倩', role: 'analyst' },
  { id: 'auditor', name: '郑岩', role: 'auditor' },
] as const;

export const ADMINISTRATOR = 'admin';

export type StaffId = (typeof TEAM)[number]['id'] | typeof ADMINISTRATOR;
