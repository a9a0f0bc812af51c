import type { words as english } from './words.en.ts';

export const words = {
  title: '登录',
  lead: '开放的物流网络：线路、面单、轨迹与包裹的资金。',
  email: '电子邮箱',
  password: '密码',
  world: '环境',
  'world.live': '正式环境',
  'world.test': '测试环境',
  'world.hint': '测试环境有自己的时钟，没有真实包裹。演示数据在测试环境中。',
  refused: '邮箱与密码不匹配，或此人无权登录。',
  slowed: '尝试次数过多，请在 {seconds, plural, other {# 秒}}后重试。',
  slowed_some: '尝试次数过多，请稍候。',
  track: '查询包裹',
  api: 'API 文档',
  here: '您已以 {name} 的身份登录。',
  no_face: '角色 {role} 暂无界面；其全部权限可通过 API 使用。',
  go: '进入工作页面',
  'invitation.title': '加入',
  'invitation.lead': '请设置姓名和至少 12 个字符的密码。',
  'invitation.name': '您的姓名',
  'invitation.do': '加入',
  'invitation.missing': '此地址缺少邀请令牌。请按收到的原链接打开。',
  'invitation.done': '您已加入。请用邮箱和新密码登录。',
  device_needed:
    '网点登录需使用带有专属密钥的设备\uff0c而此浏览器未保存密钥。请允许本页面存储数据\uff0c或退出无痕模式。',
  device_insecure:
    '网点登录需使用带有专属密钥的设备\uff0c浏览器仅在加密页面上生成密钥。请打开本服务器的 https 地址。',
  device_blocked: '此设备已被停用。请联系网点管理方\uff0c或更换设备。',
  device_proof: '此设备的密钥未被接受。请检查设备的日期和时间后重试。',
  insecure:
    '此页面从其他设备以未加密方式打开，浏览器不会保存登录状态。请以 --https 启动服务器并打开其 https 地址。',
} as const satisfies Record<keyof typeof english, string>;
