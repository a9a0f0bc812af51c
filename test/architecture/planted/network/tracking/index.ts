export const trackingModel = 'model';
