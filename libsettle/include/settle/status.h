/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What a call answers. A broken rule of the insurance is a *finding* inside the result, never a
 * status; a status says that the call itself could not be carried out.
 */
#ifndef SETTLE_STATUS_H
#define SETTLE_STATUS_H

#include <stdint.h>

#if defined(__GNUC__)
#define SETTLE_API __attribute__((visibility("default")))
#define SETTLE_MUST_CHECK __attribute__((warn_unused_result))
#else
#define SETTLE_API
#define SETTLE_MUST_CHECK
#endif

#ifdef __cplusplus
extern "C" {
#endif

/**
 * 0 is success. A negative value is -(category * 1000 + detail); the category is the exit code of
 * the `settle` command: 2 usage, 3 input, 4 pack/mapping/configuration, 5 key or signature,
 * 6 store, 9 the process ran out of memory or met its own limits.
 * Since: 0.1
 */
typedef int32_t settle_status;

/**
 * Every status: X(NAME, value, Chinese text, English text, Chinese remedy, English remedy).
 * Values are never reused or renumbered.
 */
#define SETTLE_STATUS_LIST(X)                                                                      \
    X(ARG_NULL, -2001, "参数为空", "an argument is NULL", "请传入有效指针",                        \
      "pass a valid pointer")                                                                      \
    X(ARG_SIZE, -2002, "选项结构的 struct_size 不正确",                                            \
      "struct_size of an options struct is wrong", "请用 sizeof 填写 struct_size",                 \
      "set struct_size with sizeof")                                                               \
    X(ARG_VALUE, -2003, "参数值不正确", "an argument has an unknown value", "请查阅帮助",          \
      "see the help")                                                                              \
    X(ARG_STATE, -2004, "调用顺序不正确", "the call comes in the wrong order", "请先完成前一步",   \
      "do the step before it first")                                                               \
    X(ARG_EXISTS, -2005, "目标已存在", "the target exists already", "请换一个路径或先移走它",      \
      "choose another path or move it away")                                                       \
    X(INPUT_OPEN, -3001, "无法打开输入", "the input cannot be opened", "请检查路径和权限",         \
      "check path and permissions")                                                                \
    X(INPUT_ENCODING, -3002, "编码不正确", "the text is not in the encoding declared",             \
      "请以 UTF-8 或 GB18030 导出", "export as UTF-8 or GB18030")                                  \
    X(INPUT_CSV, -3003, "CSV 格式损坏", "the CSV is broken",                                       \
      "请重新导出为逗号分隔的 CSV，含逗号、引号或换行的内容加双引号", "export it by RFC 4180")     \
    X(INPUT_COLUMN_MISSING, -3004, "缺少列", "a column is missing",                                \
      "请在导出时补上该列，列名用英文字段名", "add the column")                                    \
    X(INPUT_COLUMN_TWICE, -3005, "列重复", "a column stands twice", "请删除其一", "remove one")    \
    X(INPUT_NUMBER, -3006, "不是数字", "not a number",                                             \
      "请只填数字，如 1200.00，不带千位分隔符、货币符号和单位",                                    \
      "write digits with a decimal point, such as 1200.00")                                        \
    X(INPUT_RANGE, -3007, "数值超出范围", "the number is out of range", "请核对位数和小数位",      \
      "check digits and decimals")                                                                 \
    X(INPUT_DATE, -3008, "日期不存在或格式不对", "no such date or time",                           \
      "请写成 YYYY-MM-DD，时刻写成 YYYY-MM-DD HH:MM:SS",                                           \
      "write YYYY-MM-DD, an instant YYYY-MM-DD HH:MM:SS")                                          \
    X(INPUT_CODE, -3009, "代码不在字典中", "the code is not in the dictionary", "请核对字典",      \
      "check it against the dictionary")                                                           \
    X(INPUT_MISSING, -3010, "必填的标识为空", "an identity field is empty", "请补填",              \
      "fill it in")                                                                                \
    X(INPUT_TOO_LONG, -3011, "内容过长", "the value is too long", "请核对该字段",                  \
      "check the field")                                                                           \
    X(INPUT_DUPLICATE, -3012, "同一流水号内容不同", "one serial with two contents",                \
      "请核对这两条记录，作废其一或更正流水号", "compare the two places")                          \
    X(INPUT_ORPHAN, -3013, "记录所属的就诊不存在", "the record belongs to no known stay",          \
      "请同时导入该就诊的 stays.csv", "supply the stays.csv of that stay with it")                 \
    X(INPUT_COUNT, -3014, "记录数与声明不符", "fewer or more records than declared", "请重新导出", \
      "export again")                                                                              \
    X(INPUT_EMPTY_STAY, -3015, "就诊没有费用", "the stay has no charges", "请先导入费用",          \
      "import its charges first")                                                                  \
    X(INPUT_XML, -3016, "XML 无法解析", "the XML cannot be parsed", "请检查文件",                  \
      "check the file")                                                                            \
    X(INPUT_SCHEMA, -3017, "文档不符合规定格式", "the document does not match its schema",         \
      "请要求出具方重新生成", "mend it by the schema")                                             \
    X(INPUT_JSON, -3018, "JSON 无法解析", "the JSON cannot be parsed", "请检查该行",               \
      "check the line")                                                                            \
    X(INPUT_STAY_UNKNOWN, -3019, "没有这次就诊", "no such stay",                                   \
      "请核对就诊号，未导入的先用 settle import 导入", "import it first")                          \
    X(INPUT_SUMS, -3020, "金额不平", "the amounts do not add up",                                \
      "请核对两边金额和缺少的费用；文档则请勿使用", "compare both sides and look for charges that lack; do not use such a document")                                                                   \
    X(INPUT_FILE_UNKNOWN, -3021, "没有可识别的文件", "no file with a known name",                  \
      "请提供 stays.csv、charges.csv 等", "supply stays.csv, charges.csv, ...")                    \
    X(INPUT_SETTLED, -3022, "就诊已结算，不能再改动",                                              \
      "the stay is settled, nothing can be added to it",                                           \
      "原结算有误的，先撤销（settle reverse）再重新结算",                                          \
      "reverse a wrong settlement first (settle reverse), then settle anew")                       \
    X(INPUT_FINDING_UNKNOWN, -3023, "当前审核结果中没有这条问题",                                  \
      "the present verdict has no such finding", "请用 settle check 查看当前的问题编号",           \
      "see its findings with settle check")                                                        \
    X(INPUT_OVERRIDE, -3024, "该问题不能这样放行", "the finding cannot be overridden like this",   \
      "请按政策包规定的权限办理，或更正费用", "keep to what the pack demands, or mend the charge") \
    X(INPUT_REVERSAL, -3027, "该结算不能这样撤销", "the settlement cannot be reversed like this",     \
      "撤销须由两人办理，并从最后一次结算起依次撤销",                                                \
      "it takes two persons, and the last settlement comes first")                                  \
    X(INPUT_DEPOSITS, -3028, "退回的预交金多于已交的", "more deposits were given back than paid", \
      "请核对 deposits.csv 中该次就诊的收据", "compare the receipts of the stay in deposits.csv") \
    X(INPUT_TABLE_MISSING, -3029, "缺少表", "a table is missing",                                  \
      "请导出该表，或授予只读账号查询权限", "export it, or let the reading account select from it") \
    X(INPUT_DATABASE, -3030, "数据库无法读取", "the database cannot be read",                      \
      "请检查 settle.ini 的 [odbc] 连接、账号和网络", "check [odbc] in settle.ini, the account and the network") \
    X(INPUT_MESSAGE, -3031, "报文无法解析", "the message cannot be parsed",                        \
      "请按该行该字段核对发送方的报文", "compare the message of the sender at that place")         \
    X(INPUT_NETTING, -3032, "退费与原费用对不上", "a refund does not match what it takes back",    \
      "请在 HIS 中核对该项目的计费与退费", "compare charges and refunds of the item in the hospital system") \
    X(INPUT_PART_UNKNOWN, -3033, "没有这一次结算", "no such settlement of the stay",                \
      "请用 settle status 查看该就诊共有几次结算", "see with settle status how many the stay has")  \
    X(INPUT_ITEM_UNKNOWN, -3034, "没有这个医院项目", "there is no such hospital item",                \
      "请核对医院项目编码（items.csv、mapping.csv）",                                                 \
      "compare the code with items.csv and mapping.csv")                                           \
    X(INPUT_EXCHANGE_UNKNOWN, -3035, "没有这笔交易", "there is no such exchange",                     \
      "请核对交易流水号", "check its key")                                                         \
    X(INPUT_MAPPING, -3036, "该对照不能这样处理", "the mapping cannot be decided like this",         \
      "请用 settle map review 查看其状态", "see its state with settle map review")                 \
    X(INPUT_CHANGED, -3037, "输入文件在读取期间被改动", "the input was changed while it was read",    \
      "请等文件写完后重新读取", "read it again once it is complete")                                 \
    X(INPUT_TABLE_TWICE, -3038, "同一张表有两个文件", "a table lies in two files",                     \
      "请合并为一个文件，或只给出其一", "merge them, or give one of them")                          \
    X(INPUT_CHARGE_UNKNOWN, -3026, "该就诊没有这条费用", "the stay has no such charge",            \
      "请核对费用明细流水号（feedetl_sn）", "check the serial (feedetl_sn)")                       \
    X(INPUT_NOT_SETTLED, -3025, "就诊尚未结算", "the stay is not settled", "请先结算该就诊",       \
      "settle it first")                                                                           \
    X(CONFIG_READ, -4001, "无法读取配置", "the configuration cannot be read",                      \
      "请检查 settle.ini，或运行 settle init", "check settle.ini, or run settle init")             \
    X(CONFIG_VALUE, -4002, "配置值不正确", "a configuration value is wrong", "请改正 settle.ini",  \
      "mend settle.ini")                                                                           \
    X(CONFIG_MISSING, -4003, "缺少配置项", "a configuration value is missing",                     \
      "请在 settle.ini 中补上", "add it to settle.ini")                                            \
    X(PACK_OPEN, -4010, "无法打开政策包", "the region pack cannot be opened",                      \
      "请运行 settle pack build", "run settle pack build")                                         \
    X(PACK_TRUNCATED, -4011, "政策包被截断", "the region pack is truncated", "请重新生成或安装",   \
      "build or install it again")                                                                 \
    X(PACK_FORMAT, -4012, "不是政策包或版本不识别", "not a region pack of a known format",         \
      "请重新生成", "build it again")                                                              \
    X(PACK_DIGEST, -4013, "政策包摘要不符", "the digest of the region pack does not match",        \
      "请重新安装", "install it again")                                                            \
    X(PACK_EMPTY, -4014, "政策包为空", "the region pack is empty", "请检查源目录",                 \
      "check its source tree")                                                                     \
    X(PACK_EXPIRED, -4015, "政策包不在有效期", "the region pack is not valid on that date",        \
      "请安装对应日期的政策包", "install the pack of that date")                                   \
    X(PACK_NONE, -4016, "没有适用的政策包", "no region pack serves the stay",                      \
      "请在 settle.ini 中登记政策包", "list a pack in settle.ini")                                 \
    X(PACK_SEVERAL, -4017, "多个政策包同时适用", "several region packs serve the stay",            \
      "请在 settle.ini 中只保留一个", "leave one of them")                                         \
    X(PACK_SOURCE, -4018, "政策包源文件有误", "the source of the region pack is wrong",            \
      "请改正该处", "mend the place")                                                              \
    X(PACK_POLICY, -4019, "支付政策有误", "the payment policy is wrong", "请改正 policy.xml",      \
      "mend policy.xml")                                                                           \
    X(MAPPING_READ, -4020, "无法读取目录对照", "the mapping cannot be read", "请改正 mapping.csv", \
      "mend mapping.csv")                                                                          \
    X(ADAPTER_OPEN, -4030, "适配器无法装入", "the adapter cannot be loaded",                       \
      "请检查适配器文件的路径和权限", "check path and mode of its file")                           \
    X(ADAPTER_ABI, -4031, "适配器与本库的接口不符", "the adapter does not fit this library",       \
      "请向供应商索取相符的版本", "ask its vendor for one that fits")                              \
    X(ADAPTER_LAYOUT, -4032, "适配器布局文件有误", "the layout of the adapter is wrong",           \
      "请改正该布局文件", "mend the layout")                                                       \
    X(ADAPTER_OPTION, -4033, "适配器选项有误", "an option of the adapter is wrong",                \
      "请改正 settle.ini 的 [adapter] 部分", "mend [adapter] in settle.ini")                       \
    X(KEY_READ, -5001, "无法读取私钥", "the private key cannot be read", "请检查密钥文件",         \
      "check the key file")                                                                        \
    X(KEY_MODE, -5002, "私钥可被他人读取", "the private key is readable by others",                \
      "请执行 chmod 600", "chmod 600 it")                                                          \
    X(KEY_KIND, -5003, "密钥种类不受支持", "the kind of key is not supported",                     \
      "请使用 P-256、RSA>=2048 或 SM2", "use P-256, RSA >= 2048 or SM2")                           \
    X(KEY_MISMATCH, -5004, "私钥与证书不匹配", "private key and certificate do not match",         \
      "请检查 settle.ini 的密钥和证书", "check key and certificate in settle.ini")                 \
    X(CERT_READ, -5005, "无法读取证书", "the certificate cannot be read", "请检查证书文件",        \
      "check the certificate file")                                                                \
    X(CERT_EXPIRED, -5006, "证书已过期", "the certificate has expired", "请换发证书",              \
      "renew the certificate")                                                                     \
    X(CERT_NOT_YET, -5007, "证书尚未生效", "the certificate is not valid yet", "请核对时间",       \
      "check the time")                                                                            \
    X(CERT_CHAIN, -5008, "证书链不可信", "the certificate chain is not trusted", "请核对信任锚",   \
      "check the trust anchor")                                                                    \
    X(NO_TRUST_ANCHOR, -5009, "没有信任锚", "no trust anchor", "请用 -k 指定", "give one with -k") \
    X(SIGN_FAILED, -5010, "签名失败", "signing failed", "请检查密钥", "check the key")             \
    X(SIG_MISSING, -5011, "没有签名", "there is no signature", "请勿使用该文档",                   \
      "do not use the document")                                                                   \
    X(SIG_STRUCTURE, -5012, "签名结构不允许", "the structure of the signature is not allowed",     \
      "请勿使用该文档", "do not use the document")                                                 \
    X(SIG_ALGORITHM, -5013, "签名算法不允许", "the algorithm is not allowed", "请勿使用该文档",    \
      "do not use the document")                                                                   \
    X(SIG_DIGEST, -5014, "内容被改动", "the content was changed", "请勿使用该文档",                \
      "do not use the document")                                                                   \
    X(SIG_VALUE, -5015, "签名值不正确", "the signature value is wrong", "请勿使用该文档",          \
      "do not use the document")                                                                   \
    X(STORE_OPEN, -6001, "无法打开台账", "the ledger cannot be opened", "请检查路径和权限",        \
      "check path and permissions")                                                                \
    X(STORE_BUSY, -6002, "台账正被占用", "the ledger is locked", "请稍后重试", "try again later")  \
    X(STORE_FULL, -6003, "磁盘已满", "the disk is full", "请清理磁盘后重试", "free some space")    \
    X(STORE_READONLY, -6004, "台账不可写", "the ledger is read-only", "请检查权限和挂载",          \
      "check permissions and mount")                                                               \
    X(STORE_IO, -6005, "台账读写错误", "the ledger met an I/O error", "请检查磁盘",                \
      "check the disk")                                                                            \
    X(STORE_CORRUPT, -6006, "台账损坏", "the ledger is damaged", "请从备份恢复",                   \
      "restore a backup")                                                                          \
    X(STORE_VERSION, -6007, "台账版本不识别", "the ledger has an unknown schema version",          \
      "请升级软件", "upgrade the software")                                                        \
    X(STORE_AUDIT, -6008, "审计链断裂", "the audit chain is broken", "请保留现场并报告",           \
      "keep everything and report it")                                                             \
    X(STORE_MODE, -6009, "台账可被他人访问", "the ledger is accessible to others",                 \
      "请执行 chmod 600", "chmod 600 it")                                                          \
    X(STORE_WRITE, -6010, "无法写入文件", "a file cannot be written", "请检查目录和磁盘",          \
      "check directory and disk")                                                                  \
    X(STORE_MSGID, -6011, "报文编号已被占用", "the message number is taken", "请重试",             \
      "try again")                                                                                 \
    X(NO_MEMORY, -9001, "内存不足", "out of memory", "请释放内存后重试",                           \
      "free memory and try again")                                                                 \
    X(OVERFLOW, -9002, "数值溢出", "a number overflowed", "请核对金额", "check the amounts")       \
    X(INTERNAL, -9003, "内部错误", "an internal error", "请报告", "report it")

/** The statuses as constants: SETTLE_OK and SETTLE_E_<NAME>. */
enum {
    SETTLE_OK = 0,
#define SETTLE_STATUS_ENUM(name, value, ...) SETTLE_E_##name = value,
    SETTLE_STATUS_LIST(SETTLE_STATUS_ENUM)
#undef SETTLE_STATUS_ENUM
};

/** Language of texts. 0 is Chinese, the language of documents and the ledger. */
enum { SETTLE_LANG_ZH = 0, SETTLE_LANG_EN = 1 };

/**
 * The name of @p status, such as "INPUT_NUMBER"; "OK" for 0; NULL for an unknown value.
 * Returns: static text, never freed.
 * Since: 0.1
 */
SETTLE_API const char *settle_status_name(settle_status status);

/**
 * One sentence for @p status in @p lang (SETTLE_LANG_*; unknown values answer Chinese).
 * Returns: static UTF-8 text, never freed; NULL for an unknown status.
 * Since: 0.1
 */
SETTLE_API const char *settle_status_text(settle_status status, int32_t lang);

/**
 * What to do about @p status, in @p lang. Same rules as settle_status_text().
 * Since: 0.1
 */
SETTLE_API const char *settle_status_remedy(settle_status status, int32_t lang);

/**
 * The exit code that the `settle` command uses for @p status: 0 for SETTLE_OK, 2 to 6 by category,
 * 6 for category 9 and for values that are no status.
 * Since: 0.1
 */
SETTLE_API int32_t settle_status_exit_code(settle_status status);

#ifdef __cplusplus
}
#endif
#endif
