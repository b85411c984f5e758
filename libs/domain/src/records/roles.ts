import type { Role } from '../roles.js';
import type { RecordCommand } from './commands.js';

/**
 * Who may give each command, before any other rule is asked. A role found here is necessary, not sufficient:
 * the rules of the verb go on to compare persons and states. An empty list: the engine alone (`system`).
 */
export const commandRoles: Readonly<Record<RecordCommand['type'], readonly Role[]>> = {
  CollectRecord: ['collector'],
  SubmitRecord: ['collector'],
  ResubmitRecord: ['collector'],
  WithdrawRecord: ['collector'],
  ApproveRecord: ['manager', 'executive'],
  ReturnRecord: ['manager', 'executive'],
  RejectRecord: ['manager', 'executive'],
  FileRecord: ['custodian'],
  AllocateRecord: ['manager', 'executive'],
  // The follow-up owner proposes as such, whatever his duties are.
  ProposeUpdate: ['manager', 'collector', 'analyst', 'custodian', 'executive'],
  SignProposal: ['manager', 'custodian'],
  WithdrawProposal: ['manager', 'collector', 'analyst', 'custodian', 'executive'],
  CountersignUpdate: ['manager', 'custodian'],
  // Whoever may not borrow is told so by the eligibility report, and the refusal is kept: apart from the
  // administrator, who learns nothing of a customer, not even that.
  RequestLoan: ['manager', 'collector', 'analyst', 'custodian', 'executive', 'auditor'],
  WithdrawLoanRequest: ['manager', 'collector', 'analyst', 'custodian', 'executive', 'auditor'],
  EndorseLoan: ['manager', 'executive'],
  DecideLoan: ['custodian'],
  RevokeLoan: ['custodian', 'manager'],
  PlaceHold: ['custodian', 'manager', 'executive', 'auditor'],
  ConsentToRelease: ['auditor'],
  ReleaseHold: ['manager', 'executive'],
  ApplyForDestruction: ['custodian'],
  WithdrawDestruction: ['custodian'],
  // The follow-up owner appraises as such, whatever his duties are.
  AppraiseDestruction: ['manager', 'collector', 'analyst', 'custodian', 'executive'],
  DecideDestruction: ['manager', 'executive'],
  AttestDestruction: ['manager', 'collector', 'analyst', 'custodian', 'executive', 'auditor'],
  AttestShredding: ['custodian'],
  ExecuteDestruction: ['custodian'],
  CompleteDestruction: [],
};
