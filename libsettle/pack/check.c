/* SPDX-License-Identifier: Apache-2.0 */
#include "pack/database.h"
#include "pack/handle.h"

static settle_status check_index(const stl_pack *pack, stl_error *err) {
    unsigned char digest[STL_DIGEST_LEN];
    TRY(stl_digest_of(STL_SHA256, pack->index.image, pack->footer.index_len, digest, err));
    return memcmp(digest, pack->footer.index_digest, sizeof digest) == 0
               ? SETTLE_OK
               : FAIL(err, SETTLE_E_PACK_DIGEST, .file = pack->info.path, .field = "index",
                      .detail = "the index section was changed");
}

settle_status stl_pack_check(const char *path, stl_error *err) {
    SCOPED_PACK *pack = NULL;
    TRY(stl_pack_open_as(path, false, &pack, err));
    TRY(check_index(pack, err));
    unsigned char digest[STL_DIGEST_LEN];
    TRY(stl_database_compare(path, &pack->index, digest, err));
    if (memcmp(digest, pack->footer.pack_digest, sizeof digest) != 0)
        return FAIL(err, SETTLE_E_PACK_DIGEST, .file = path,
                    .detail = "the rows are not those of the digest");
    return stl_installed_write(path, &pack->footer, err);
}
