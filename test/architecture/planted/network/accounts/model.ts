export const accountsModel = 'model';
