/* SPDX-License-Identifier: Apache-2.0 */
/* What argp itself says and looks up in our catalogue; read by xgettext only. */
N_("Usage:")
N_(" [OPTION...]")
N_("give this help list")
N_("give a short usage message")
N_("Try `%s --help' or `%s --usage' for more information.\n")
N_("Mandatory or optional arguments to long options are also mandatory or optional for any "
   "corresponding short options.")
