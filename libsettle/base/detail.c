/* SPDX-License-Identifier: Apache-2.0 */
#include "base/detail.h"

#include <stddef.h>
#include <string.h>

static const char *const DETAILS[][2] = {
    {"No such file or directory", "文件或目录不存在"},
    {"Permission denied", "没有权限"},
    {"Is a directory", "是目录，不是文件"},
    {"Not a directory", "不是目录"},
    {"Read-only file system", "文件系统只读"},
    {"No space left on device", "磁盘已满"},
    {"Input/output error", "读写错误"},
    {"File exists", "已存在"},
    {"not a regular file", "不是普通文件"},
    {"the path is too long", "路径过长"},
    {"empty", "为空"},
    {"no such directory", "目录不存在"},
    {"a quoted cell without its end", "引号没有配对"},
    {"a stray quote, or text behind a closing quote", "多余的引号，或引号之后还有文字"},
    {"no header row", "没有表头行"},
    {"a column without a name", "表头中有空列名"},
    {"a NUL byte", "含空字节"},
    {"CR without LF", "换行符不完整"},
    {"more than 512 columns", "超过 512 列"},
    {"more than 1024 columns", "超过 1024 列"},
    {"the cells are not separated by commas", "不是以逗号分隔"},
    {"an Excel workbook, not a CSV", "是 Excel 工作簿，不是 CSV"},
    {"not GB18030", "不是 GB18030 编码"},
    {"not UTF-8", "不是 UTF-8 编码"},
    {"no such date", "没有这一天"},
    {"ends before it begins", "结束早于开始"},
    {"the input has no stay", "输入中没有就诊"},
    {"two lines have this serial", "两条费用用了同一流水号"},
    {"the charges add up to more than 16 digits", "费用合计超过 16 位数"},
    {"refunds lead in a circle", "退费与原费用互相循环"},
    {"settled already", "已结算"},
    {"payment was not evaluated", "未计算支付"},
    {"the option stands twice", "该项出现两次"},
    {"set twice", "重复设置"},
    {"unknown option in this section", "该节中没有此项"},
    {"not an option or section", "不是配置项或节"},
    {"at most 12 characters", "至多 12 个字符"},
    {"no installed record; settle pack check makes one", "没有安装记录，请运行 settle pack check"},
    {"there is no source tree packs/<id> for it", "没有对应的源目录 packs/<编号>"},
    {"the document is empty", "文件为空"},
    {"the document has no end", "文件不完整"},
    {"no private key in PEM, or it needs a password", "不是 PEM 私钥，或需要口令"},
    {"no certificate in PEM", "不是 PEM 证书"},
    {"the first certificate is not the key's", "第一张证书与私钥不配"},
};

/* Beginnings, before a place or a name. */
static const char *const BEGINNINGS[][2] = {
    {"first at ", "首次见于 "},
    {"the CSV is broken: ", "CSV 格式损坏："},
    {"a column is missing", "缺少列"},
};

const char *stl_detail_chinese(const char *detail, const char **rest) {
    for (size_t i = 0; i < sizeof DETAILS / sizeof DETAILS[0]; i++) {
        if (strcmp(detail, DETAILS[i][0]) == 0) {
            *rest = "";
            return DETAILS[i][1];
        }
    }
    for (size_t i = 0; i < sizeof BEGINNINGS / sizeof BEGINNINGS[0]; i++) {
        size_t len = strlen(BEGINNINGS[i][0]);
        if (strncmp(detail, BEGINNINGS[i][0], len) == 0) {
            *rest = detail + len;
            return BEGINNINGS[i][1];
        }
    }
    *rest = detail;
    return "";
}
