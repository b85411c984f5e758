/** Two companies of the sample without a country, an order or a number: somebody once tried out the old system. */
export const DOOMED = ['VALON', 'Val2'] as const;

/** Ids of the applications for their destruction, by the name of the record. */
export const applicationFor = (name: string) => `${name}, application`;
