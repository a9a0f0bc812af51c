export { type Certificate, ensureCertificate, machineNames } from './certificate.ts';
