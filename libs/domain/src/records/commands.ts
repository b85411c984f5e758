import type { AllocateRecord } from './allocate.js';
import type { DecideLoan, EndorseLoan, RequestLoan, RevokeLoan, WithdrawLoanRequest } from './borrow.js';
import type { CollectRecord } from './collect.js';
import type { CountersignUpdate } from './countersign.js';
import type {
  AppraiseDestruction,
  ApplyForDestruction,
  AttestDestruction,
  AttestShredding,
  CompleteDestruction,
  DecideDestruction,
  ExecuteDestruction,
  WithdrawDestruction,
} from './destroy.js';
import type { FileRecord } from './file.js';
import type { ConsentToRelease, PlaceHold, ReleaseHold } from './hold.js';
import type { ProposeUpdate } from './propose.js';
import type { ApproveRecord, RejectRecord, ReturnRecord } from './review.js';
import type { SignProposal, WithdrawProposal } from './sign.js';
import type { ResubmitRecord, SubmitRecord, WithdrawRecord } from './submit.js';

/** Everything that can be asked of a customer record. */
export type RecordCommand =
  | CollectRecord
  | SubmitRecord
  | WithdrawRecord
  | ApproveRecord
  | ReturnRecord
  | RejectRecord
  | ResubmitRecord
  | FileRecord
  | AllocateRecord
  | ProposeUpdate
  | SignProposal
  | WithdrawProposal
  | CountersignUpdate
  | RequestLoan
  | WithdrawLoanRequest
  | EndorseLoan
  | DecideLoan
  | RevokeLoan
  | PlaceHold
  | ConsentToRelease
  | ReleaseHold
  | ApplyForDestruction
  | WithdrawDestruction
  | AppraiseDestruction
  | DecideDestruction
  | AttestDestruction
  | AttestShredding
  | ExecuteDestruction
  | CompleteDestruction;

export type CommandOf<T extends RecordCommand['type']> = Extract<RecordCommand, { type: T }>;
