/* SPDX-License-Identifier: Apache-2.0 */
/* A shared object that is no adapter. */
int plain(void);
int plain(void) {
    return 0;
}
