/** Currencies that a form offers: those of the shipped lines and of their customers. */
export const CURRENCIES = ['EUR', 'CNY', 'BRL', 'USD', 'GBP'] as const;
