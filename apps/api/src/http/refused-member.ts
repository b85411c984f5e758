/**
 * The member of the body that a refusal is plainly about, as a JSON pointer; `null` where it is about more than one.
 * @param command type of the command that was refused, where it is known
 */
export function refusedMember(refused: string, command: string | undefined): string | null {
  switch (refused) {
    case 'record.reason-required':
      return REASONS[command ?? ''] ?? '/reason';
    case 'record.told-date-invalid':
    case 'record.told-in-future':
      return '/basis/toldOn';
    case 'record.first-contact-in-future':
      return `${contentMember(command)}/firstContactOn`;
    default:
      return null;
  }
}

/** Where the content stands in the body of a command: a record that is there already is sent its changes. */
export function contentMember(command: string | undefined): string {
  return CHANGING.includes(command ?? '') ? '/changes' : '/content';
}

const CHANGING = ['SubmitRecord', 'ResubmitRecord', 'ProposeUpdate'];

/** What commands call the reason that they may lack, where it is not `reason`. */
const REASONS: Readonly<Record<string, string>> = {
  CollectRecord: '/proposed/urgencyReason',
  ApproveRecord: '/urgencyReason',
};
