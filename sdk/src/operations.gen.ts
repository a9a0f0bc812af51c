// Made from openapi.json by `npm run generate`; do not edit.
export type RoleName =
  | 'auditor'
  | 'carrier'
  | 'courier'
  | 'customer_service'
  | 'finance'
  | 'marketplace_staff'
  | 'merchant_admin'
  | 'merchant_app'
  | 'merchant_clerk'
  | 'operator'
  | 'point_clerk'
  | 'point_staff'
  | 'risk_inspector'
  | 'warehouse_staff';

export type OperationName =
  | 'acceptInbound'
  | 'acceptInvitation'
  | 'acceptPickup'
  | 'acknowledgeShipment'
  | 'actForReturningBuyer'
  | 'actInReturnPortal'
  | 'activateRulebookVersion'
  | 'addCounterPicture'
  | 'addLine'
  | 'addLineVersion'
  | 'addPortalPicture'
  | 'addReturnPicture'
  | 'addSenderAddress'
  | 'addUnreadPicture'
  | 'addVerificationPicture'
  | 'addVerificationProof'
  | 'agreePointContract'
  | 'agreeReturn'
  | 'announcePointDeliveries'
  | 'answerInterception'
  | 'answerReturnClaim'
  | 'answerStatusReport'
  | 'appealPointDeduction'
  | 'appealVerification'
  | 'applyForReturn'
  | 'applyInReturnPortal'
  | 'applyPoint'
  | 'assignPickup'
  | 'authoriseFriend'
  | 'blockPointDevice'
  | 'bookPickup'
  | 'cancelBag'
  | 'cancelHandover'
  | 'cancelInMailingPortal'
  | 'cancelInterception'
  | 'cancelMailing'
  | 'cancelOrder'
  | 'cancelPickup'
  | 'cancelPointDelivery'
  | 'cancelShipment'
  | 'cancelWaybill'
  | 'captureEpcis'
  | 'changeInMailingPortal'
  | 'changeMailing'
  | 'changePassword'
  | 'changePerson'
  | 'changePoint'
  | 'changeRecipient'
  | 'changeSenderAddress'
  | 'changeWebhookEndpoint'
  | 'closeDeliveryRun'
  | 'closeNumberSegment'
  | 'closeStatusReport'
  | 'clusterPoints'
  | 'collectPickup'
  | 'commitBag'
  | 'commitHandover'
  | 'completeDeliveryReturn'
  | 'completeOutbound'
  | 'confirmNumberRestore'
  | 'confirmOutletFeed'
  | 'confirmTopUp'
  | 'convertMoney'
  | 'correctExternalShipment'
  | 'correctScan'
  | 'createBag'
  | 'createBuyerLink'
  | 'createCourier'
  | 'createEpcisQuery'
  | 'createHandover'
  | 'createInvitation'
  | 'createOfferBatch'
  | 'createOffers'
  | 'createOrderOffers'
  | 'createPickupArea'
  | 'createPickupBlock'
  | 'createPointBlock'
  | 'createProgramme'
  | 'createPushSubscription'
  | 'createTrackingCredential'
  | 'createWebhookEndpoint'
  | 'decideCarrier'
  | 'decidePoint'
  | 'decidePointDeduction'
  | 'decideReturn'
  | 'decideVerification'
  | 'decideVerificationAppeal'
  | 'declareDropOff'
  | 'declareSelfPost'
  | 'declareShipments'
  | 'deleteEpcisQuery'
  | 'deletePickupBlock'
  | 'deletePointBlock'
  | 'deletePushSubscription'
  | 'deleteTrackingCredential'
  | 'deleteWebhookEndpoint'
  | 'departDeliveryRun'
  | 'disablePerson'
  | 'disposeParcel'
  | 'draftRulebookVersion'
  | 'dryRunRulebookVersion'
  | 'editBag'
  | 'editHandover'
  | 'editOrder'
  | 'enablePerson'
  | 'endLine'
  | 'endProgramme'
  | 'enterExchangeRate'
  | 'exitPoint'
  | 'exportParcelEpcis'
  | 'exportStatement'
  | 'extendShelfParcel'
  | 'extendTrackedShelf'
  | 'failOutbound'
  | 'failPickup'
  | 'followChanges'
  | 'followParcel'
  | 'handInDeliveryCash'
  | 'handOutShelfParcel'
  | 'handOverMailings'
  | 'handOverPickup'
  | 'handOverReturns'
  | 'identifyNumber'
  | 'importExternalShipments'
  | 'importOrders'
  | 'imposePointDeduction'
  | 'insureReturnFreight'
  | 'issueDeliveryPin'
  | 'issueWaybills'
  | 'leaseShelfParcels'
  | 'listApiKeys'
  | 'listAudit'
  | 'listBags'
  | 'listCarrierDecisions'
  | 'listCarrierPapers'
  | 'listCarrierPayloads'
  | 'listCarriers'
  | 'listCodeMappings'
  | 'listCodStatementLines'
  | 'listCodStatements'
  | 'listCountries'
  | 'listCourierDeliveries'
  | 'listCourierPickups'
  | 'listCouriers'
  | 'listDeadLetters'
  | 'listDeliveries'
  | 'listDivisions'
  | 'listDoorFreight'
  | 'listDoorFreightDays'
  | 'listDoorMailings'
  | 'listEpcisCaptures'
  | 'listEpcisQueries'
  | 'listEpcisSubscriptions'
  | 'listEvents'
  | 'listExchangeRates'
  | 'listExternalShipments'
  | 'listFacilities'
  | 'listHandoverDifferences'
  | 'listHandovers'
  | 'listInterceptions'
  | 'listInvitations'
  | 'listLines'
  | 'listMailingOptions'
  | 'listMailingPortalOptions'
  | 'listMailings'
  | 'listNetworkConflicts'
  | 'listNetworkOpenCash'
  | 'listNumberGaps'
  | 'listNumberSegments'
  | 'listOpenCodLines'
  | 'listOrders'
  | 'listOrganisations'
  | 'listOutletFeedLines'
  | 'listOutletFeeds'
  | 'listOverCapacity'
  | 'listParcels'
  | 'listPayloadFormats'
  | 'listPeople'
  | 'listPickupAreas'
  | 'listPickupBlocks'
  | 'listPickups'
  | 'listPickupWindows'
  | 'listPointBlocks'
  | 'listPointClerks'
  | 'listPointDecisions'
  | 'listPointDeductions'
  | 'listPointDevices'
  | 'listPointDocuments'
  | 'listPointFacts'
  | 'listPointMailings'
  | 'listPointOpenCash'
  | 'listPointOptions'
  | 'listPointReservations'
  | 'listPointReturns'
  | 'listPoints'
  | 'listPointSlots'
  | 'listPointStatementLines'
  | 'listPointStatementOutlets'
  | 'listPointStatements'
  | 'listPolledNumbers'
  | 'listPortalOptions'
  | 'listProgrammes'
  | 'listProgrammeUses'
  | 'listPushSubscriptions'
  | 'listQuarantine'
  | 'listRecognisedSources'
  | 'listReturnOptions'
  | 'listReturns'
  | 'listReturnVisits'
  | 'listRevealLog'
  | 'listReveals'
  | 'listRoutingQueue'
  | 'listRulebookKinds'
  | 'listRulebooks'
  | 'listRulebookVersions'
  | 'listSenderAddresses'
  | 'listSessions'
  | 'listShelfParcels'
  | 'listShipmentDeliveries'
  | 'listShipmentPhotos'
  | 'listShipments'
  | 'listStatements'
  | 'listStatusReports'
  | 'listSyncConflicts'
  | 'listTopUps'
  | 'listTrackingConnectors'
  | 'listTrackingCredentials'
  | 'listUnmappedCodes'
  | 'listUnreadReturns'
  | 'listVerifications'
  | 'listWallets'
  | 'listWalletTransfers'
  | 'listWaybills'
  | 'listWebhookDeliveries'
  | 'listWebhookEndpoints'
  | 'loadNumberSegment'
  | 'loadRoutingRules'
  | 'logIn'
  | 'logOut'
  | 'mapCode'
  | 'mintApiKey'
  | 'moveShelfParcel'
  | 'namePointDevice'
  | 'openOrganisation'
  | 'openReturnPortal'
  | 'openWallet'
  | 'packBag'
  | 'pausePoint'
  | 'payCodStatement'
  | 'payPointDeposit'
  | 'payPointStatement'
  | 'placeInMailingPortal'
  | 'placeMailing'
  | 'placePointClerk'
  | 'planDeliveryRun'
  | 'pollNumber'
  | 'previewCodeMapping'
  | 'previewLine'
  | 'priceAtMailingCounter'
  | 'printHandoverList'
  | 'printLabel'
  | 'printLabels'
  | 'printMailingLabel'
  | 'printReturnLabel'
  | 'publishPointCapacity'
  | 'purchaseShipment'
  | 'purchaseShipments'
  | 'putFacilities'
  | 'putPointDevicePolicy'
  | 'putRecognisedSource'
  | 'putReturnSettings'
  | 'queryEpcisEvents'
  | 'queryEpcisEventsByName'
  | 'quoteAtMailingCounter'
  | 'quoteInMailingPortal'
  | 'quoteMailing'
  | 'readBag'
  | 'readCarrier'
  | 'readCarrierPayload'
  | 'readCarrierPayloadAgain'
  | 'readCodStatement'
  | 'readCodStatementRules'
  | 'readContainer'
  | 'readCoverage'
  | 'readCurrentSession'
  | 'readDelivery'
  | 'readDeliveryRun'
  | 'readEpcisCapture'
  | 'readEpcisEvent'
  | 'readEpcisMasterData'
  | 'readEpcisQuery'
  | 'readEpcisSubscription'
  | 'readExternalShipment'
  | 'readFlow'
  | 'readHandover'
  | 'readHandoverDeclaration'
  | 'readHandoverList'
  | 'readInterception'
  | 'readLabel'
  | 'readLine'
  | 'readMailing'
  | 'readMailingCode'
  | 'readMailingPortal'
  | 'readMe'
  | 'readNumberFence'
  | 'readNumberSegment'
  | 'readOpenApi'
  | 'readOperationsHealth'
  | 'readOperatorLine'
  | 'readOrder'
  | 'readOrganisation'
  | 'readOutletFeed'
  | 'readOwnPoint'
  | 'readParcelPieces'
  | 'readParcelStatusWords'
  | 'readParcelTimeline'
  | 'readPenaltyPoints'
  | 'readPerson'
  | 'readPickup'
  | 'readPickupCapacities'
  | 'readPickUpCode'
  | 'readPickUpCodeScheme'
  | 'readPoint'
  | 'readPointCapacity'
  | 'readPointContract'
  | 'readPointDecision'
  | 'readPointDeduction'
  | 'readPointDevicePolicy'
  | 'readPointDocument'
  | 'readPointEarnings'
  | 'readPointNetwork'
  | 'readPointReservation'
  | 'readPointStatement'
  | 'readPointStatementRules'
  | 'readPointTariff'
  | 'readProgramme'
  | 'readProof'
  | 'readQuotes'
  | 'readRecognisedSource'
  | 'readReturn'
  | 'readReturnCode'
  | 'readReturnPicture'
  | 'readReturnPortal'
  | 'readReturnSettings'
  | 'readRulebookVersion'
  | 'readRulesInForce'
  | 'readScanPayload'
  | 'readShelfMap'
  | 'readShelfParcel'
  | 'readShipment'
  | 'readSourceIntake'
  | 'readStatement'
  | 'readStatusReport'
  | 'readTestClock'
  | 'readTrackingSourceHealth'
  | 'readUnreadPicture'
  | 'readVerification'
  | 'readVerificationPicture'
  | 'readWallet'
  | 'readWaybill'
  | 'readWebhookEndpoint'
  | 'readWrittenCode'
  | 'recallShelfParcel'
  | 'receivePush'
  | 'receiveReturn'
  | 'recommendPoints'
  | 'reconcileCod'
  | 'recordCarrierPaper'
  | 'recordCarrierPayload'
  | 'recordContainment'
  | 'recordOrders'
  | 'recordPointFiling'
  | 'recordScans'
  | 'recordShelfCash'
  | 'recordUnreadReturn'
  | 'refusePickup'
  | 'refuseReturn'
  | 'rejectInbound'
  | 'releasePointReservation'
  | 'releaseShelfLease'
  | 'remitCod'
  | 'removeSenderAddress'
  | 'renameOrganisation'
  | 'renewPickupCode'
  | 'reopenOrder'
  | 'replaceReturn'
  | 'replayDeadLetter'
  | 'replayPointDecisions'
  | 'replayWebhookDelivery'
  | 'replayWebhookEndpoint'
  | 'reportDeliveries'
  | 'reportDelivery'
  | 'reportHandoverCollection'
  | 'reportPointException'
  | 'reportStatus'
  | 'requestInterception'
  | 'requestPointNotice'
  | 'requestTopUp'
  | 'requestTrackedShelfNotice'
  | 'reschedulePickup'
  | 'reservePoint'
  | 'resolvePointException'
  | 'resolveRoute'
  | 'resolveSyncConflict'
  | 'resumePoint'
  | 'retireCodeMapping'
  | 'retireRulebookVersion'
  | 'returnPointDeposit'
  | 'returnShelfParcel'
  | 'returnShipment'
  | 'revealMailingContact'
  | 'revealParty'
  | 'revealPickupContact'
  | 'revealReturnContact'
  | 'reviveDeadJobs'
  | 'revokeApiKey'
  | 'revokeBuyerLink'
  | 'revokeFriend'
  | 'revokeInvitation'
  | 'revokeSession'
  | 'rotatePushSubscription'
  | 'rotateTrackingCredential'
  | 'rotateWebhookSecret'
  | 'routeInMailingPortal'
  | 'routeInReturnPortal'
  | 'routeMailing'
  | 'routeReturn'
  | 'scanHandoverArrivals'
  | 'screenReturn'
  | 'search'
  | 'searchCities'
  | 'searchPoints'
  | 'sendOutletFeed'
  | 'sendShelfParcelBack'
  | 'sendShipment'
  | 'setCreditLimit'
  | 'setOutForPickup'
  | 'setPointAcceptance'
  | 'setTestClock'
  | 'settleUnreadReturn'
  | 'signHandover'
  | 'stateDeliveryWish'
  | 'stopPolledNumber'
  | 'storeShelfParcel'
  | 'subscribeToEpcisQuery'
  | 'switchWorld'
  | 'syncDeviceActions'
  | 'takeMailingIn'
  | 'takeReturnIn'
  | 'takeWalkInMailing'
  | 'testRulebookVersion'
  | 'testTrackingCredential'
  | 'testWebhookEndpoint'
  | 'trackNumber'
  | 'trackParcel'
  | 'trackShelf'
  | 'turnMailingAway'
  | 'turnReturnAway'
  | 'unblockPointDevice'
  | 'undoMailingIntake'
  | 'undoShelfParcel'
  | 'unlockShelfParcel'
  | 'unsubscribeFromEpcisQuery'
  | 'updateCourier'
  | 'updatePickupArea'
  | 'updateWaybill'
  | 'uploadPointDocument'
  | 'uploadProof'
  | 'uploadShipmentPhoto'
  | 'validateAddresses'
  | 'verifyPickupCode'
  | 'withdrawExternalShipment'
  | 'withdrawPointConsent'
  | 'withdrawRecognisedSource'
  | 'writePickupCapacities'
  | 'writePickUpCodeScheme';

/** Roles by operation, as `x-roles` of the contract says; empty: no log-in is needed. */
export const ROLES_OF_OPERATION: Readonly<Record<OperationName, readonly RoleName[]>> = {
  acceptInbound: ['warehouse_staff', 'carrier'],
  acceptInvitation: [],
  acceptPickup: ['courier'],
  acknowledgeShipment: ['carrier'],
  actForReturningBuyer: ['marketplace_staff'],
  actInReturnPortal: [],
  activateRulebookVersion: ['operator', 'marketplace_staff'],
  addCounterPicture: ['point_staff', 'point_clerk', 'carrier', 'courier'],
  addLine: ['operator'],
  addLineVersion: ['operator'],
  addPortalPicture: [],
  addReturnPicture: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'marketplace_staff'],
  addSenderAddress: ['merchant_admin', 'merchant_clerk', 'merchant_app'],
  addUnreadPicture: ['point_staff', 'point_clerk'],
  addVerificationPicture: ['merchant_admin', 'merchant_clerk', 'merchant_app'],
  addVerificationProof: ['merchant_admin', 'merchant_clerk', 'merchant_app'],
  agreePointContract: ['operator'],
  agreeReturn: ['merchant_admin', 'merchant_clerk', 'merchant_app'],
  announcePointDeliveries: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'marketplace_staff', 'carrier'],
  answerInterception: ['carrier'],
  answerReturnClaim: ['operator', 'finance'],
  answerStatusReport: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'operator', 'customer_service', 'marketplace_staff', 'carrier'],
  appealPointDeduction: ['point_staff'],
  appealVerification: ['merchant_admin', 'merchant_clerk', 'merchant_app'],
  applyForReturn: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'marketplace_staff'],
  applyInReturnPortal: [],
  applyPoint: ['operator', 'point_staff'],
  assignPickup: ['carrier', 'operator'],
  authoriseFriend: [],
  blockPointDevice: ['point_staff'],
  bookPickup: ['merchant_admin', 'merchant_clerk', 'merchant_app'],
  cancelBag: ['merchant_admin', 'merchant_clerk', 'merchant_app'],
  cancelHandover: ['merchant_admin', 'merchant_clerk', 'merchant_app'],
  cancelInMailingPortal: [],
  cancelInterception: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'marketplace_staff'],
  cancelMailing: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'marketplace_staff', 'operator', 'customer_service'],
  cancelOrder: ['merchant_admin', 'merchant_clerk', 'merchant_app'],
  cancelPickup: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'carrier', 'operator'],
  cancelPointDelivery: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'marketplace_staff', 'carrier', 'point_staff'],
  cancelShipment: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'operator'],
  cancelWaybill: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'operator', 'marketplace_staff'],
  captureEpcis: ['operator', 'carrier', 'courier', 'warehouse_staff', 'merchant_app'],
  changeInMailingPortal: [],
  changeMailing: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'marketplace_staff'],
  changePassword: ['operator', 'customer_service', 'risk_inspector', 'finance', 'auditor', 'marketplace_staff', 'merchant_admin', 'merchant_clerk', 'merchant_app', 'carrier', 'courier', 'warehouse_staff', 'point_staff', 'point_clerk'],
  changePerson: ['operator', 'marketplace_staff', 'merchant_admin', 'carrier', 'warehouse_staff', 'point_staff'],
  changePoint: ['operator', 'point_staff'],
  changeRecipient: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'marketplace_staff'],
  changeSenderAddress: ['merchant_admin', 'merchant_clerk', 'merchant_app'],
  changeWebhookEndpoint: ['operator', 'marketplace_staff', 'merchant_admin', 'merchant_app', 'carrier', 'warehouse_staff', 'point_staff'],
  closeDeliveryRun: ['carrier', 'courier'],
  closeNumberSegment: ['operator', 'carrier'],
  closeStatusReport: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'operator', 'customer_service', 'marketplace_staff', 'carrier'],
  clusterPoints: [],
  collectPickup: ['courier'],
  commitBag: ['merchant_admin', 'merchant_clerk', 'merchant_app'],
  commitHandover: ['merchant_admin', 'merchant_clerk', 'merchant_app'],
  completeDeliveryReturn: ['carrier'],
  completeOutbound: ['warehouse_staff', 'carrier'],
  confirmNumberRestore: ['operator'],
  confirmOutletFeed: ['operator', 'point_staff'],
  confirmTopUp: ['operator', 'finance'],
  convertMoney: ['marketplace_staff', 'merchant_admin', 'carrier'],
  correctExternalShipment: ['merchant_admin', 'merchant_clerk', 'merchant_app'],
  correctScan: ['operator', 'carrier'],
  createBag: ['merchant_admin', 'merchant_clerk', 'merchant_app'],
  createBuyerLink: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'operator', 'customer_service', 'marketplace_staff'],
  createCourier: ['carrier', 'operator'],
  createEpcisQuery: ['operator', 'merchant_admin', 'merchant_app', 'carrier', 'warehouse_staff'],
  createHandover: ['merchant_admin', 'merchant_clerk', 'merchant_app'],
  createInvitation: ['operator', 'marketplace_staff', 'merchant_admin', 'carrier', 'warehouse_staff', 'point_staff'],
  createOfferBatch: ['merchant_admin', 'merchant_clerk', 'merchant_app'],
  createOffers: ['merchant_admin', 'merchant_clerk', 'merchant_app'],
  createOrderOffers: ['merchant_admin', 'merchant_clerk', 'merchant_app'],
  createPickupArea: ['carrier', 'operator'],
  createPickupBlock: ['carrier', 'operator'],
  createPointBlock: ['point_staff'],
  createProgramme: ['marketplace_staff'],
  createPushSubscription: ['operator', 'carrier'],
  createTrackingCredential: ['operator', 'marketplace_staff', 'merchant_admin'],
  createWebhookEndpoint: ['operator', 'marketplace_staff', 'merchant_admin', 'merchant_app', 'carrier', 'warehouse_staff', 'point_staff'],
  decideCarrier: ['operator'],
  decidePoint: ['operator'],
  decidePointDeduction: ['operator'],
  decideReturn: ['operator', 'customer_service', 'marketplace_staff'],
  decideVerification: ['operator', 'risk_inspector', 'marketplace_staff'],
  decideVerificationAppeal: ['operator', 'risk_inspector', 'marketplace_staff'],
  declareDropOff: ['merchant_admin', 'merchant_clerk', 'merchant_app'],
  declareSelfPost: ['merchant_admin', 'merchant_clerk', 'merchant_app'],
  declareShipments: ['merchant_admin', 'merchant_clerk', 'merchant_app'],
  deleteEpcisQuery: ['operator', 'merchant_admin', 'merchant_app', 'carrier', 'warehouse_staff'],
  deletePickupBlock: ['carrier', 'operator'],
  deletePointBlock: ['point_staff'],
  deletePushSubscription: ['operator', 'carrier'],
  deleteTrackingCredential: ['operator', 'marketplace_staff', 'merchant_admin'],
  deleteWebhookEndpoint: ['operator', 'marketplace_staff', 'merchant_admin', 'merchant_app', 'carrier', 'warehouse_staff', 'point_staff'],
  departDeliveryRun: ['carrier', 'courier'],
  disablePerson: ['operator', 'marketplace_staff', 'merchant_admin', 'carrier', 'warehouse_staff', 'point_staff'],
  disposeParcel: ['carrier'],
  draftRulebookVersion: ['operator', 'marketplace_staff'],
  dryRunRulebookVersion: ['operator', 'marketplace_staff'],
  editBag: ['merchant_admin', 'merchant_clerk', 'merchant_app'],
  editHandover: ['merchant_admin', 'merchant_clerk', 'merchant_app'],
  editOrder: ['merchant_admin', 'merchant_clerk', 'merchant_app'],
  enablePerson: ['operator', 'marketplace_staff', 'merchant_admin', 'carrier', 'warehouse_staff', 'point_staff'],
  endLine: ['operator'],
  endProgramme: ['marketplace_staff'],
  enterExchangeRate: ['operator', 'finance'],
  exitPoint: ['operator', 'point_staff'],
  exportParcelEpcis: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'operator', 'customer_service', 'risk_inspector', 'auditor', 'marketplace_staff', 'carrier', 'warehouse_staff'],
  exportStatement: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'marketplace_staff', 'carrier', 'warehouse_staff', 'point_staff', 'operator', 'finance', 'customer_service', 'auditor'],
  extendShelfParcel: ['point_staff', 'point_clerk'],
  extendTrackedShelf: [],
  failOutbound: ['warehouse_staff', 'carrier'],
  failPickup: ['courier', 'carrier'],
  followChanges: ['operator', 'customer_service', 'risk_inspector', 'finance', 'auditor', 'marketplace_staff', 'merchant_admin', 'merchant_clerk', 'merchant_app', 'carrier', 'courier', 'warehouse_staff', 'point_staff', 'point_clerk'],
  followParcel: [],
  handInDeliveryCash: ['carrier'],
  handOutShelfParcel: ['point_staff', 'point_clerk'],
  handOverMailings: ['point_staff', 'point_clerk'],
  handOverPickup: ['courier', 'carrier'],
  handOverReturns: ['point_staff', 'point_clerk'],
  identifyNumber: [],
  importExternalShipments: ['merchant_admin', 'merchant_clerk', 'merchant_app'],
  importOrders: ['merchant_admin', 'merchant_clerk', 'merchant_app'],
  imposePointDeduction: ['operator'],
  insureReturnFreight: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'marketplace_staff'],
  issueDeliveryPin: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'marketplace_staff'],
  issueWaybills: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'operator', 'marketplace_staff'],
  leaseShelfParcels: ['point_staff', 'point_clerk'],
  listApiKeys: ['operator', 'marketplace_staff', 'merchant_admin', 'carrier', 'auditor'],
  listAudit: ['operator', 'auditor', 'risk_inspector', 'marketplace_staff', 'merchant_admin', 'carrier'],
  listBags: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'operator', 'customer_service', 'risk_inspector', 'auditor', 'marketplace_staff', 'warehouse_staff'],
  listCarrierDecisions: ['operator', 'auditor', 'risk_inspector', 'carrier'],
  listCarrierPapers: ['operator', 'auditor', 'risk_inspector', 'carrier'],
  listCarrierPayloads: ['operator', 'carrier'],
  listCarriers: ['operator', 'customer_service', 'risk_inspector', 'finance', 'auditor', 'marketplace_staff', 'merchant_admin', 'merchant_clerk', 'merchant_app', 'carrier', 'courier', 'warehouse_staff', 'point_staff', 'point_clerk'],
  listCodeMappings: ['operator', 'customer_service', 'risk_inspector', 'auditor', 'carrier'],
  listCodStatementLines: ['operator', 'finance', 'customer_service', 'auditor', 'merchant_admin', 'merchant_clerk', 'merchant_app', 'marketplace_staff', 'carrier'],
  listCodStatements: ['operator', 'finance', 'customer_service', 'auditor', 'merchant_admin', 'merchant_clerk', 'merchant_app', 'marketplace_staff', 'carrier'],
  listCountries: ['operator', 'customer_service', 'risk_inspector', 'finance', 'auditor', 'marketplace_staff', 'merchant_admin', 'merchant_clerk', 'merchant_app', 'carrier', 'courier', 'warehouse_staff', 'point_staff', 'point_clerk'],
  listCourierDeliveries: ['courier'],
  listCourierPickups: ['courier'],
  listCouriers: ['carrier', 'operator'],
  listDeadLetters: ['operator', 'auditor'],
  listDeliveries: ['carrier'],
  listDivisions: ['operator', 'customer_service', 'risk_inspector', 'finance', 'auditor', 'marketplace_staff', 'merchant_admin', 'merchant_clerk', 'merchant_app', 'carrier', 'courier', 'warehouse_staff', 'point_staff', 'point_clerk'],
  listDoorFreight: ['operator', 'finance', 'customer_service', 'auditor', 'carrier', 'courier'],
  listDoorFreightDays: ['operator', 'finance', 'customer_service', 'auditor', 'carrier', 'courier'],
  listDoorMailings: ['carrier', 'courier'],
  listEpcisCaptures: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'operator', 'carrier', 'courier', 'warehouse_staff'],
  listEpcisQueries: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'operator', 'carrier', 'courier', 'warehouse_staff'],
  listEpcisSubscriptions: ['operator', 'merchant_admin', 'merchant_app', 'carrier', 'warehouse_staff'],
  listEvents: ['operator', 'marketplace_staff', 'merchant_admin', 'merchant_app', 'carrier', 'warehouse_staff', 'point_staff', 'merchant_clerk', 'customer_service', 'risk_inspector', 'auditor'],
  listExchangeRates: ['operator', 'customer_service', 'risk_inspector', 'finance', 'auditor', 'marketplace_staff', 'merchant_admin', 'merchant_clerk', 'merchant_app', 'carrier', 'courier', 'warehouse_staff', 'point_staff', 'point_clerk'],
  listExternalShipments: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'operator', 'customer_service', 'risk_inspector', 'auditor', 'marketplace_staff'],
  listFacilities: ['operator', 'customer_service', 'risk_inspector', 'auditor', 'carrier'],
  listHandoverDifferences: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'operator', 'customer_service', 'risk_inspector', 'auditor', 'marketplace_staff', 'carrier', 'warehouse_staff'],
  listHandovers: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'operator', 'customer_service', 'risk_inspector', 'auditor', 'marketplace_staff', 'carrier', 'warehouse_staff'],
  listInterceptions: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'operator', 'customer_service', 'risk_inspector', 'auditor', 'carrier', 'warehouse_staff'],
  listInvitations: ['operator', 'marketplace_staff', 'merchant_admin', 'carrier', 'warehouse_staff', 'point_staff'],
  listLines: ['operator', 'customer_service', 'risk_inspector', 'finance', 'auditor', 'marketplace_staff', 'merchant_admin', 'merchant_clerk', 'merchant_app', 'carrier', 'courier', 'warehouse_staff', 'point_staff', 'point_clerk'],
  listMailingOptions: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'marketplace_staff'],
  listMailingPortalOptions: [],
  listMailings: ['operator', 'customer_service', 'risk_inspector', 'auditor', 'merchant_admin', 'merchant_clerk', 'merchant_app', 'marketplace_staff'],
  listNetworkConflicts: ['operator', 'customer_service', 'risk_inspector', 'auditor', 'point_staff'],
  listNetworkOpenCash: ['operator', 'customer_service', 'risk_inspector', 'auditor', 'point_staff'],
  listNumberGaps: ['operator', 'auditor', 'carrier'],
  listNumberSegments: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'operator', 'customer_service', 'risk_inspector', 'auditor', 'carrier'],
  listOpenCodLines: ['operator', 'finance', 'customer_service', 'auditor', 'merchant_admin', 'merchant_clerk', 'merchant_app', 'marketplace_staff', 'carrier'],
  listOrders: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'operator', 'customer_service', 'risk_inspector', 'auditor', 'marketplace_staff'],
  listOrganisations: ['operator', 'customer_service', 'risk_inspector', 'auditor', 'finance', 'marketplace_staff'],
  listOutletFeedLines: ['operator', 'customer_service', 'risk_inspector', 'auditor', 'point_staff'],
  listOutletFeeds: ['operator', 'customer_service', 'risk_inspector', 'auditor', 'point_staff'],
  listOverCapacity: ['operator', 'customer_service', 'risk_inspector', 'auditor', 'point_staff'],
  listParcels: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'operator', 'customer_service', 'risk_inspector', 'auditor', 'marketplace_staff', 'carrier', 'warehouse_staff'],
  listPayloadFormats: ['operator', 'carrier', 'courier', 'warehouse_staff', 'merchant_app'],
  listPeople: ['operator', 'marketplace_staff', 'merchant_admin', 'carrier', 'warehouse_staff', 'point_staff'],
  listPickupAreas: ['carrier', 'operator'],
  listPickupBlocks: ['carrier', 'operator'],
  listPickups: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'operator', 'customer_service', 'risk_inspector', 'auditor', 'marketplace_staff', 'carrier'],
  listPickupWindows: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'operator', 'marketplace_staff', 'carrier'],
  listPointBlocks: ['point_staff'],
  listPointClerks: ['point_staff'],
  listPointDecisions: ['operator', 'customer_service', 'risk_inspector', 'auditor', 'marketplace_staff'],
  listPointDeductions: ['operator', 'finance', 'customer_service', 'auditor', 'point_staff'],
  listPointDevices: ['point_staff'],
  listPointDocuments: ['operator', 'point_staff'],
  listPointFacts: ['operator', 'customer_service', 'risk_inspector', 'auditor', 'point_staff'],
  listPointMailings: ['point_staff', 'point_clerk'],
  listPointOpenCash: ['operator', 'customer_service', 'risk_inspector', 'auditor', 'point_staff', 'point_clerk'],
  listPointOptions: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'marketplace_staff', 'operator', 'customer_service'],
  listPointReservations: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'operator', 'customer_service', 'marketplace_staff', 'point_staff', 'point_clerk'],
  listPointReturns: ['point_staff', 'point_clerk'],
  listPoints: ['operator', 'customer_service', 'risk_inspector', 'auditor', 'point_staff', 'point_clerk'],
  listPointSlots: ['operator', 'customer_service', 'risk_inspector', 'auditor', 'point_staff', 'point_clerk'],
  listPointStatementLines: ['operator', 'finance', 'customer_service', 'auditor', 'point_staff'],
  listPointStatementOutlets: ['operator', 'finance', 'customer_service', 'auditor', 'point_staff'],
  listPointStatements: ['operator', 'finance', 'customer_service', 'auditor', 'point_staff'],
  listPolledNumbers: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'operator', 'marketplace_staff'],
  listPortalOptions: [],
  listProgrammes: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'marketplace_staff', 'operator', 'finance', 'auditor'],
  listProgrammeUses: ['marketplace_staff', 'operator', 'finance', 'auditor'],
  listPushSubscriptions: ['operator', 'carrier'],
  listQuarantine: ['operator', 'customer_service', 'risk_inspector', 'auditor', 'carrier'],
  listRecognisedSources: ['operator', 'auditor', 'risk_inspector', 'marketplace_staff'],
  listReturnOptions: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'marketplace_staff'],
  listReturns: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'operator', 'customer_service', 'risk_inspector', 'auditor', 'marketplace_staff'],
  listReturnVisits: ['carrier', 'courier'],
  listRevealLog: ['operator', 'auditor', 'risk_inspector', 'marketplace_staff', 'merchant_admin'],
  listReveals: ['operator', 'auditor', 'risk_inspector', 'marketplace_staff', 'merchant_admin'],
  listRoutingQueue: ['operator', 'customer_service', 'carrier'],
  listRulebookKinds: ['operator', 'auditor', 'risk_inspector', 'marketplace_staff'],
  listRulebooks: ['operator', 'auditor', 'risk_inspector', 'marketplace_staff'],
  listRulebookVersions: ['operator', 'auditor', 'risk_inspector', 'marketplace_staff'],
  listSenderAddresses: ['merchant_admin', 'merchant_clerk', 'merchant_app'],
  listSessions: ['operator', 'customer_service', 'risk_inspector', 'finance', 'auditor', 'marketplace_staff', 'merchant_admin', 'merchant_clerk', 'merchant_app', 'carrier', 'courier', 'warehouse_staff', 'point_staff', 'point_clerk'],
  listShelfParcels: ['operator', 'customer_service', 'risk_inspector', 'auditor', 'merchant_admin', 'merchant_clerk', 'merchant_app', 'marketplace_staff', 'carrier', 'point_staff', 'point_clerk'],
  listShipmentDeliveries: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'operator', 'customer_service', 'risk_inspector', 'auditor', 'marketplace_staff', 'carrier'],
  listShipmentPhotos: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'customer_service', 'risk_inspector', 'marketplace_staff', 'carrier', 'warehouse_staff'],
  listShipments: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'operator', 'customer_service', 'risk_inspector', 'auditor', 'finance', 'marketplace_staff', 'carrier', 'warehouse_staff'],
  listStatements: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'marketplace_staff', 'carrier', 'warehouse_staff', 'point_staff', 'operator', 'finance', 'customer_service', 'auditor'],
  listStatusReports: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'operator', 'customer_service', 'risk_inspector', 'auditor', 'marketplace_staff', 'carrier'],
  listSyncConflicts: ['operator', 'customer_service', 'risk_inspector', 'auditor', 'point_staff', 'point_clerk'],
  listTopUps: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'marketplace_staff', 'carrier', 'warehouse_staff', 'point_staff', 'operator', 'finance', 'customer_service', 'auditor'],
  listTrackingConnectors: ['operator', 'marketplace_staff', 'merchant_admin', 'carrier'],
  listTrackingCredentials: ['operator', 'marketplace_staff', 'merchant_admin'],
  listUnmappedCodes: ['operator', 'customer_service', 'risk_inspector', 'auditor', 'carrier'],
  listUnreadReturns: ['point_staff', 'point_clerk'],
  listVerifications: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'operator', 'customer_service', 'risk_inspector', 'auditor', 'marketplace_staff'],
  listWallets: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'marketplace_staff', 'carrier', 'warehouse_staff', 'point_staff', 'operator', 'finance', 'customer_service', 'auditor'],
  listWalletTransfers: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'marketplace_staff', 'carrier', 'warehouse_staff', 'point_staff', 'operator', 'finance', 'customer_service', 'auditor'],
  listWaybills: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'operator', 'customer_service', 'risk_inspector', 'auditor', 'carrier'],
  listWebhookDeliveries: ['operator', 'marketplace_staff', 'merchant_admin', 'merchant_app', 'carrier', 'warehouse_staff', 'point_staff'],
  listWebhookEndpoints: ['operator', 'marketplace_staff', 'merchant_admin', 'merchant_app', 'carrier', 'warehouse_staff', 'point_staff'],
  loadNumberSegment: ['operator', 'carrier'],
  loadRoutingRules: ['operator', 'carrier'],
  logIn: [],
  logOut: ['operator', 'customer_service', 'risk_inspector', 'finance', 'auditor', 'marketplace_staff', 'merchant_admin', 'merchant_clerk', 'merchant_app', 'carrier', 'courier', 'warehouse_staff', 'point_staff', 'point_clerk'],
  mapCode: ['operator'],
  mintApiKey: ['operator', 'marketplace_staff', 'merchant_admin', 'carrier'],
  moveShelfParcel: ['point_staff', 'point_clerk'],
  namePointDevice: ['point_staff'],
  openOrganisation: ['operator', 'marketplace_staff'],
  openReturnPortal: [],
  openWallet: ['operator', 'finance'],
  packBag: ['merchant_admin', 'merchant_clerk', 'merchant_app'],
  pausePoint: ['operator', 'point_staff'],
  payCodStatement: ['finance'],
  payPointDeposit: ['point_staff'],
  payPointStatement: ['finance'],
  placeInMailingPortal: [],
  placeMailing: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'marketplace_staff'],
  placePointClerk: ['point_staff'],
  planDeliveryRun: ['carrier'],
  pollNumber: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'operator', 'marketplace_staff'],
  previewCodeMapping: ['operator'],
  previewLine: ['operator'],
  priceAtMailingCounter: ['point_staff', 'point_clerk', 'carrier', 'courier'],
  printHandoverList: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'operator', 'customer_service', 'risk_inspector', 'auditor', 'marketplace_staff', 'carrier', 'warehouse_staff'],
  printLabel: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'operator', 'marketplace_staff'],
  printLabels: ['merchant_admin', 'merchant_clerk', 'merchant_app'],
  printMailingLabel: ['point_staff', 'point_clerk', 'carrier', 'courier'],
  printReturnLabel: ['point_staff', 'point_clerk', 'carrier', 'courier'],
  publishPointCapacity: ['operator', 'point_staff'],
  purchaseShipment: ['merchant_admin', 'merchant_clerk', 'merchant_app'],
  purchaseShipments: ['merchant_admin', 'merchant_clerk', 'merchant_app'],
  putFacilities: ['operator', 'carrier'],
  putPointDevicePolicy: ['point_staff'],
  putRecognisedSource: ['operator', 'marketplace_staff'],
  putReturnSettings: ['merchant_admin', 'merchant_app'],
  queryEpcisEvents: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'operator', 'carrier', 'courier', 'warehouse_staff'],
  queryEpcisEventsByName: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'operator', 'carrier', 'courier', 'warehouse_staff'],
  quoteAtMailingCounter: ['point_staff', 'point_clerk'],
  quoteInMailingPortal: [],
  quoteMailing: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'marketplace_staff'],
  readBag: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'operator', 'customer_service', 'risk_inspector', 'auditor', 'marketplace_staff', 'carrier', 'warehouse_staff'],
  readCarrier: ['operator', 'customer_service', 'risk_inspector', 'finance', 'auditor', 'marketplace_staff', 'merchant_admin', 'merchant_clerk', 'merchant_app', 'carrier', 'courier', 'warehouse_staff', 'point_staff', 'point_clerk'],
  readCarrierPayload: ['operator', 'carrier'],
  readCarrierPayloadAgain: ['operator', 'carrier'],
  readCodStatement: ['operator', 'finance', 'customer_service', 'auditor', 'merchant_admin', 'merchant_clerk', 'merchant_app', 'marketplace_staff', 'carrier'],
  readCodStatementRules: ['operator', 'finance', 'customer_service', 'auditor', 'merchant_admin', 'merchant_clerk', 'merchant_app', 'marketplace_staff', 'carrier'],
  readContainer: ['operator', 'customer_service', 'risk_inspector', 'auditor', 'carrier', 'warehouse_staff'],
  readCoverage: ['operator', 'customer_service', 'risk_inspector', 'auditor'],
  readCurrentSession: ['operator', 'customer_service', 'risk_inspector', 'finance', 'auditor', 'marketplace_staff', 'merchant_admin', 'merchant_clerk', 'merchant_app', 'carrier', 'courier', 'warehouse_staff', 'point_staff', 'point_clerk'],
  readDelivery: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'operator', 'customer_service', 'risk_inspector', 'auditor', 'marketplace_staff', 'carrier', 'courier'],
  readDeliveryRun: ['operator', 'customer_service', 'risk_inspector', 'auditor', 'carrier', 'courier'],
  readEpcisCapture: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'operator', 'carrier', 'courier', 'warehouse_staff'],
  readEpcisEvent: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'operator', 'carrier', 'courier', 'warehouse_staff'],
  readEpcisMasterData: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'operator', 'carrier', 'courier', 'warehouse_staff'],
  readEpcisQuery: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'operator', 'carrier', 'courier', 'warehouse_staff'],
  readEpcisSubscription: ['operator', 'merchant_admin', 'merchant_app', 'carrier', 'warehouse_staff'],
  readExternalShipment: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'operator', 'customer_service', 'risk_inspector', 'auditor', 'marketplace_staff'],
  readFlow: ['operator', 'customer_service', 'risk_inspector', 'auditor', 'marketplace_staff'],
  readHandover: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'operator', 'customer_service', 'risk_inspector', 'auditor', 'marketplace_staff', 'carrier', 'warehouse_staff'],
  readHandoverDeclaration: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'operator', 'customer_service', 'risk_inspector', 'auditor', 'marketplace_staff', 'warehouse_staff'],
  readHandoverList: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'operator', 'customer_service', 'risk_inspector', 'auditor', 'marketplace_staff', 'carrier', 'warehouse_staff'],
  readInterception: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'operator', 'customer_service', 'risk_inspector', 'auditor', 'marketplace_staff', 'carrier', 'warehouse_staff'],
  readLabel: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'operator', 'marketplace_staff'],
  readLine: ['operator', 'customer_service', 'risk_inspector', 'finance', 'auditor', 'marketplace_staff', 'merchant_admin', 'merchant_clerk', 'merchant_app', 'carrier', 'courier', 'warehouse_staff', 'point_staff', 'point_clerk'],
  readMailing: ['operator', 'customer_service', 'risk_inspector', 'auditor', 'merchant_admin', 'merchant_clerk', 'merchant_app', 'marketplace_staff'],
  readMailingCode: ['point_staff', 'point_clerk', 'carrier', 'courier'],
  readMailingPortal: [],
  readMe: ['operator', 'customer_service', 'risk_inspector', 'finance', 'auditor', 'marketplace_staff', 'merchant_admin', 'merchant_clerk', 'merchant_app', 'carrier', 'courier', 'warehouse_staff', 'point_staff', 'point_clerk'],
  readNumberFence: ['operator', 'auditor'],
  readNumberSegment: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'operator', 'customer_service', 'risk_inspector', 'auditor', 'carrier'],
  readOpenApi: [],
  readOperationsHealth: ['operator', 'auditor'],
  readOperatorLine: ['operator', 'finance', 'auditor'],
  readOrder: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'operator', 'customer_service', 'risk_inspector', 'auditor', 'marketplace_staff'],
  readOrganisation: ['operator', 'customer_service', 'risk_inspector', 'auditor', 'finance', 'marketplace_staff', 'merchant_admin', 'carrier', 'warehouse_staff', 'point_staff'],
  readOutletFeed: ['operator', 'customer_service', 'risk_inspector', 'auditor', 'point_staff'],
  readOwnPoint: ['operator', 'customer_service', 'risk_inspector', 'auditor', 'point_staff', 'point_clerk'],
  readParcelPieces: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'operator', 'customer_service', 'risk_inspector', 'auditor', 'marketplace_staff', 'carrier', 'warehouse_staff'],
  readParcelStatusWords: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'operator', 'customer_service', 'risk_inspector', 'auditor', 'marketplace_staff', 'carrier', 'warehouse_staff'],
  readParcelTimeline: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'operator', 'customer_service', 'risk_inspector', 'auditor', 'marketplace_staff', 'carrier', 'warehouse_staff'],
  readPenaltyPoints: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'operator', 'customer_service', 'risk_inspector', 'auditor', 'marketplace_staff'],
  readPerson: ['operator', 'marketplace_staff', 'merchant_admin', 'carrier', 'warehouse_staff', 'point_staff'],
  readPickup: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'operator', 'customer_service', 'risk_inspector', 'auditor', 'marketplace_staff', 'carrier', 'courier'],
  readPickupCapacities: ['carrier', 'operator'],
  readPickUpCode: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'marketplace_staff', 'carrier'],
  readPickUpCodeScheme: ['point_staff', 'point_clerk'],
  readPoint: [],
  readPointCapacity: ['operator', 'customer_service', 'risk_inspector', 'auditor', 'point_staff', 'point_clerk'],
  readPointContract: ['operator', 'customer_service', 'risk_inspector', 'auditor', 'point_staff'],
  readPointDecision: ['operator', 'customer_service', 'risk_inspector', 'auditor', 'marketplace_staff'],
  readPointDeduction: ['operator', 'finance', 'customer_service', 'auditor', 'point_staff'],
  readPointDevicePolicy: ['point_staff'],
  readPointDocument: ['operator', 'point_staff'],
  readPointEarnings: ['operator', 'finance', 'customer_service', 'auditor', 'point_staff'],
  readPointNetwork: ['operator', 'customer_service', 'risk_inspector', 'auditor', 'point_staff'],
  readPointReservation: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'operator', 'customer_service', 'risk_inspector', 'auditor', 'marketplace_staff', 'point_staff', 'point_clerk'],
  readPointStatement: ['operator', 'finance', 'customer_service', 'auditor', 'point_staff'],
  readPointStatementRules: ['operator', 'finance', 'customer_service', 'auditor', 'point_staff'],
  readPointTariff: ['operator', 'finance', 'customer_service', 'auditor', 'point_staff'],
  readProgramme: ['marketplace_staff', 'operator', 'finance', 'auditor'],
  readProof: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'customer_service', 'risk_inspector', 'marketplace_staff', 'carrier', 'warehouse_staff'],
  readQuotes: ['operator', 'customer_service', 'risk_inspector', 'finance', 'auditor', 'marketplace_staff', 'merchant_admin', 'merchant_clerk', 'merchant_app', 'carrier', 'courier', 'warehouse_staff', 'point_staff', 'point_clerk'],
  readRecognisedSource: ['operator', 'auditor', 'risk_inspector', 'marketplace_staff'],
  readReturn: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'operator', 'customer_service', 'risk_inspector', 'auditor', 'marketplace_staff'],
  readReturnCode: ['point_staff', 'point_clerk', 'carrier', 'courier'],
  readReturnPicture: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'customer_service', 'risk_inspector', 'marketplace_staff'],
  readReturnPortal: [],
  readReturnSettings: ['merchant_admin', 'merchant_clerk', 'merchant_app'],
  readRulebookVersion: ['operator', 'auditor', 'risk_inspector', 'marketplace_staff'],
  readRulesInForce: ['operator', 'auditor', 'risk_inspector', 'marketplace_staff'],
  readScanPayload: ['operator', 'carrier'],
  readShelfMap: ['operator', 'customer_service', 'risk_inspector', 'auditor', 'point_staff', 'point_clerk'],
  readShelfParcel: ['operator', 'customer_service', 'risk_inspector', 'auditor', 'merchant_admin', 'merchant_clerk', 'merchant_app', 'marketplace_staff', 'carrier', 'point_staff', 'point_clerk'],
  readShipment: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'operator', 'customer_service', 'risk_inspector', 'auditor', 'finance', 'marketplace_staff', 'carrier', 'warehouse_staff'],
  readSourceIntake: ['operator', 'customer_service', 'risk_inspector', 'auditor'],
  readStatement: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'marketplace_staff', 'carrier', 'warehouse_staff', 'point_staff', 'operator', 'finance', 'customer_service', 'auditor'],
  readStatusReport: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'operator', 'customer_service', 'risk_inspector', 'marketplace_staff', 'carrier'],
  readTestClock: ['operator', 'customer_service', 'risk_inspector', 'finance', 'auditor', 'marketplace_staff', 'merchant_admin', 'merchant_clerk', 'merchant_app', 'carrier', 'courier', 'warehouse_staff', 'point_staff', 'point_clerk'],
  readTrackingSourceHealth: ['operator', 'auditor', 'marketplace_staff', 'merchant_admin', 'carrier'],
  readUnreadPicture: ['point_staff', 'point_clerk'],
  readVerification: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'operator', 'customer_service', 'risk_inspector', 'auditor', 'marketplace_staff'],
  readVerificationPicture: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'operator', 'customer_service', 'risk_inspector', 'auditor', 'marketplace_staff'],
  readWallet: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'marketplace_staff', 'carrier', 'warehouse_staff', 'point_staff', 'operator', 'finance', 'customer_service', 'auditor'],
  readWaybill: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'operator', 'customer_service', 'risk_inspector', 'auditor', 'marketplace_staff', 'carrier'],
  readWebhookEndpoint: ['operator', 'marketplace_staff', 'merchant_admin', 'merchant_app', 'carrier', 'warehouse_staff', 'point_staff'],
  readWrittenCode: ['point_staff', 'point_clerk'],
  recallShelfParcel: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'marketplace_staff', 'carrier'],
  receivePush: [],
  receiveReturn: ['merchant_admin', 'merchant_clerk', 'merchant_app'],
  recommendPoints: ['operator', 'customer_service', 'risk_inspector', 'auditor'],
  reconcileCod: ['operator', 'finance'],
  recordCarrierPaper: ['operator'],
  recordCarrierPayload: ['operator', 'carrier', 'courier', 'warehouse_staff', 'merchant_app'],
  recordContainment: ['operator', 'carrier', 'warehouse_staff'],
  recordOrders: ['merchant_admin', 'merchant_clerk', 'merchant_app'],
  recordPointFiling: ['operator', 'point_staff'],
  recordScans: ['operator', 'carrier', 'courier', 'warehouse_staff', 'merchant_app'],
  recordShelfCash: ['point_staff', 'point_clerk'],
  recordUnreadReturn: ['point_staff', 'point_clerk'],
  refusePickup: ['courier'],
  refuseReturn: ['merchant_admin', 'merchant_clerk', 'merchant_app'],
  rejectInbound: ['warehouse_staff', 'carrier'],
  releasePointReservation: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'marketplace_staff', 'operator', 'customer_service'],
  releaseShelfLease: ['point_staff', 'point_clerk'],
  remitCod: ['carrier'],
  removeSenderAddress: ['merchant_admin', 'merchant_clerk', 'merchant_app'],
  renameOrganisation: ['operator', 'marketplace_staff', 'merchant_admin', 'carrier', 'warehouse_staff', 'point_staff'],
  renewPickupCode: ['carrier', 'operator'],
  reopenOrder: ['merchant_admin', 'merchant_clerk', 'merchant_app'],
  replaceReturn: ['merchant_admin', 'merchant_clerk', 'merchant_app'],
  replayDeadLetter: ['operator'],
  replayPointDecisions: ['operator', 'risk_inspector', 'auditor'],
  replayWebhookDelivery: ['operator', 'marketplace_staff', 'merchant_admin', 'merchant_app', 'carrier', 'warehouse_staff', 'point_staff'],
  replayWebhookEndpoint: ['operator', 'marketplace_staff', 'merchant_admin', 'merchant_app', 'carrier', 'warehouse_staff', 'point_staff'],
  reportDeliveries: ['carrier', 'courier'],
  reportDelivery: ['carrier', 'courier'],
  reportHandoverCollection: ['carrier', 'operator'],
  reportPointException: ['point_staff', 'point_clerk'],
  reportStatus: [],
  requestInterception: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'marketplace_staff'],
  requestPointNotice: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'marketplace_staff', 'carrier', 'point_staff', 'point_clerk'],
  requestTopUp: ['operator', 'marketplace_staff', 'merchant_admin', 'carrier', 'point_staff'],
  requestTrackedShelfNotice: [],
  reschedulePickup: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'carrier', 'operator'],
  reservePoint: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'marketplace_staff', 'operator', 'customer_service'],
  resolvePointException: ['point_staff', 'point_clerk'],
  resolveRoute: ['operator', 'customer_service', 'carrier'],
  resolveSyncConflict: ['point_staff'],
  resumePoint: ['point_staff'],
  retireCodeMapping: ['operator'],
  retireRulebookVersion: ['operator', 'marketplace_staff'],
  returnPointDeposit: ['operator', 'finance'],
  returnShelfParcel: ['point_staff', 'point_clerk'],
  returnShipment: ['warehouse_staff', 'carrier'],
  revealMailingContact: ['carrier', 'courier'],
  revealParty: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'operator', 'customer_service', 'risk_inspector', 'marketplace_staff', 'carrier', 'courier', 'warehouse_staff'],
  revealPickupContact: ['courier'],
  revealReturnContact: ['carrier', 'courier'],
  reviveDeadJobs: ['operator'],
  revokeApiKey: ['operator', 'marketplace_staff', 'merchant_admin', 'carrier'],
  revokeBuyerLink: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'operator', 'customer_service', 'marketplace_staff'],
  revokeFriend: [],
  revokeInvitation: ['operator', 'marketplace_staff', 'merchant_admin', 'carrier', 'warehouse_staff', 'point_staff'],
  revokeSession: ['operator', 'customer_service', 'risk_inspector', 'finance', 'auditor', 'marketplace_staff', 'merchant_admin', 'merchant_clerk', 'merchant_app', 'carrier', 'courier', 'warehouse_staff', 'point_staff', 'point_clerk'],
  rotatePushSubscription: ['operator', 'carrier'],
  rotateTrackingCredential: ['operator', 'marketplace_staff', 'merchant_admin'],
  rotateWebhookSecret: ['operator', 'marketplace_staff', 'merchant_admin', 'merchant_app', 'carrier', 'warehouse_staff', 'point_staff'],
  routeInMailingPortal: [],
  routeInReturnPortal: [],
  routeMailing: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'marketplace_staff'],
  routeReturn: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'marketplace_staff'],
  scanHandoverArrivals: ['warehouse_staff'],
  screenReturn: ['merchant_admin', 'merchant_clerk', 'merchant_app'],
  search: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'operator', 'customer_service', 'risk_inspector', 'auditor', 'marketplace_staff'],
  searchCities: ['operator', 'customer_service', 'risk_inspector', 'finance', 'auditor', 'marketplace_staff', 'merchant_admin', 'merchant_clerk', 'merchant_app', 'carrier', 'courier', 'warehouse_staff', 'point_staff', 'point_clerk'],
  searchPoints: [],
  sendOutletFeed: ['point_staff'],
  sendShelfParcelBack: ['point_staff', 'point_clerk'],
  sendShipment: ['warehouse_staff', 'carrier'],
  setCreditLimit: ['operator', 'finance'],
  setOutForPickup: ['courier'],
  setPointAcceptance: ['point_staff', 'point_clerk'],
  setTestClock: ['operator'],
  settleUnreadReturn: ['point_staff'],
  signHandover: ['warehouse_staff'],
  stateDeliveryWish: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'marketplace_staff'],
  stopPolledNumber: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'operator', 'marketplace_staff'],
  storeShelfParcel: ['point_staff', 'point_clerk'],
  subscribeToEpcisQuery: ['operator', 'merchant_admin', 'merchant_app', 'carrier', 'warehouse_staff'],
  switchWorld: ['operator', 'customer_service', 'risk_inspector', 'finance', 'auditor', 'marketplace_staff', 'merchant_admin', 'merchant_clerk', 'merchant_app', 'carrier', 'courier', 'warehouse_staff', 'point_staff', 'point_clerk'],
  syncDeviceActions: ['point_staff', 'point_clerk'],
  takeMailingIn: ['point_staff', 'point_clerk', 'carrier', 'courier'],
  takeReturnIn: ['point_staff', 'point_clerk', 'carrier', 'courier'],
  takeWalkInMailing: ['point_staff', 'point_clerk'],
  testRulebookVersion: ['operator', 'marketplace_staff'],
  testTrackingCredential: ['operator', 'marketplace_staff', 'merchant_admin'],
  testWebhookEndpoint: ['operator', 'marketplace_staff', 'merchant_admin', 'merchant_app', 'carrier', 'warehouse_staff', 'point_staff'],
  trackNumber: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'operator', 'customer_service', 'risk_inspector', 'auditor', 'marketplace_staff', 'carrier', 'warehouse_staff'],
  trackParcel: [],
  trackShelf: [],
  turnMailingAway: ['point_staff', 'point_clerk', 'carrier', 'courier'],
  turnReturnAway: ['point_staff', 'point_clerk', 'carrier', 'courier'],
  unblockPointDevice: ['point_staff'],
  undoMailingIntake: ['point_staff', 'point_clerk', 'carrier', 'courier'],
  undoShelfParcel: ['point_staff', 'point_clerk'],
  unlockShelfParcel: ['point_staff'],
  unsubscribeFromEpcisQuery: ['operator', 'merchant_admin', 'merchant_app', 'carrier', 'warehouse_staff'],
  updateCourier: ['carrier', 'operator'],
  updatePickupArea: ['carrier', 'operator'],
  updateWaybill: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'operator', 'marketplace_staff'],
  uploadPointDocument: ['operator', 'point_staff'],
  uploadProof: ['carrier', 'courier'],
  uploadShipmentPhoto: ['warehouse_staff', 'carrier'],
  validateAddresses: ['operator', 'customer_service', 'risk_inspector', 'finance', 'auditor', 'marketplace_staff', 'merchant_admin', 'merchant_clerk', 'merchant_app', 'carrier', 'courier', 'warehouse_staff', 'point_staff', 'point_clerk'],
  verifyPickupCode: ['courier'],
  withdrawExternalShipment: ['merchant_admin', 'merchant_clerk', 'merchant_app'],
  withdrawPointConsent: ['merchant_admin', 'merchant_clerk', 'merchant_app', 'marketplace_staff', 'carrier', 'point_staff', 'point_clerk'],
  withdrawRecognisedSource: ['operator', 'marketplace_staff'],
  writePickupCapacities: ['carrier', 'operator'],
  writePickUpCodeScheme: ['point_staff'],
};
