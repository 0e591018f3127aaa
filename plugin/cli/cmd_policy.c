/* SPDX-License-Identifier: Apache-2.0 */
/* settle policy: what another policy would pay, and what was paid scheme by scheme */
#include "commands.h"
#include "render.h"

#include <stdio.h>
#include <string.h>

enum { FROM = 0x220, UNTIL };

typedef struct days {
    const char *from, *until;
} days;

static error_t parse(int key, char *arg, struct argp_state *state) {
    days *d = state->input;
    if (key == FROM)
        d->from = arg;
    else if (key == UNTIL)
        d->until = arg;
    else
        return ARGP_ERR_UNKNOWN;
    return 0;
}

static const struct argp_option OPTIONS[] = {
    {"from", FROM, N_("DAY"), 0, N_("totals: settlements made from that day on"), 10},
    {"until", UNTIL, N_("DAY"), 0, N_("totals: settlements made up to that day"), 10},
    {0},
};
static const struct argp OWN = {.options = OPTIONS, .parser = parse};

static yajl_val member(yajl_val object, const char *key) {
    const char *path[] = {key, NULL};
    return yajl_tree_get(object, path, yajl_t_object);
}

static void put_amounts(yajl_val object) {
    size_t n;
    yajl_val list = tree_array(object, "amounts", &n);
    for (size_t i = 0; i < n; i++) {
        yajl_val a = YAJL_GET_ARRAY(list)->values[i];
        printf("    %-18s %14s -> %14s\n", tree_text(a, "name"), tree_text(a, "before"),
               tree_text(a, "after"));
    }
}

static void put_side(const char *label, yajl_val stay, const char *state, const char *missing) {
    if (tree_text(stay, missing)[0] != '\0')
        printf(_("    %s: not evaluated, missing %s\n"), label, tree_text(stay, missing));
    else if (strcmp(tree_text(stay, state), "settled") != 0 &&
             strcmp(tree_text(stay, state), "paid") != 0)
        printf("    %s: %s\n", label, tree_text(stay, state));
}

static void render_whatif(char *json) {
    yajl_val r = tree_parse(json), totals = member(r, "totals"), pack = member(r, "pack");
    size_t n;
    yajl_val stays = tree_array(r, "stays", &n);
    printf(_("%lld stays of the ledger, paid by pack %s %s instead:\n"),
           tree_number(r, "stays_judged"), tree_text(pack, "id"), tree_text(pack, "version"));
    for (size_t i = 0; i < n; i++) {
        yajl_val stay = YAJL_GET_ARRAY(stays)->values[i];
        printf("  %s\n", tree_text(stay, "mdtrt_id"));
        put_side(_("before"), stay, "before", "missing_before");
        put_side(_("after"), stay, "after", "missing_after");
        put_amounts(stay);
    }
    printf(_("For the patient: %lld dearer, %lld cheaper, %lld the same; left out of the sums: "
             "%lld\n"),
           tree_number(totals, "dearer"), tree_number(totals, "cheaper"),
           tree_number(totals, "same"), tree_number(totals, "left_out"));
    put_amounts(totals);
    yajl_tree_free(r);
}

static void render_totals(char *json) {
    yajl_val r = tree_parse(json);
    size_t n, n_funds;
    yajl_val schemes = tree_array(r, "schemes", &n);
    for (size_t i = 0; i < n; i++) {
        yajl_val s = YAJL_GET_ARRAY(schemes)->values[i];
        printf(_("Scheme %s, pack %s %s: %lld settlements, %s yuan\n"), tree_text(s, "insutype"),
               tree_text(s, "pack_id"), tree_text(s, "pack_version"), tree_number(s, "settlements"),
               tree_text(s, "medfee_sumamt"));
        yajl_val funds = tree_array(s, "funds", &n_funds);
        for (size_t k = 0; k < n_funds; k++) {
            yajl_val f = YAJL_GET_ARRAY(funds)->values[k];
            printf(_("  %s (fund %s): %s\n"), tree_text(f, "layer"), tree_text(f, "fund_pay_type"),
                   tree_text(f, "fund_payamt"));
        }
        printf(_("  patients %s, of it accounts %s; hospital %s\n"), tree_text(s, "psn_part_amt"),
               tree_text(s, "acct_pay"), tree_text(s, "hosp_part_amt"));
    }
    if (n == 0)
        puts(_("Nothing was settled."));
    yajl_tree_free(r);
}

int cmd_policy(cli *c, int argc, char **argv) {
    days d = {0};
    c->own = &d;
    cli_parse(c, argc, argv, N_("whatif PACK | totals"),
              N_("Pays the stays of the ledger, settled ones too, by another pack and says what "
                 "changes; or gives what was settled, scheme by scheme and pack by pack."),
              &OWN);
    bool whatif = c->argc == 2 && strcmp(c->argv[0], "whatif") == 0;
    if (!whatif && (c->argc != 1 || strcmp(c->argv[0], "totals") != 0))
        return cli_usage(c, _("say whatif and one pack, or totals"));
    if (whatif && (d.from != NULL || d.until != NULL))
        return cli_usage(c, _("--from and --until are for totals"));
    if (!cli_open(c))
        return 0;
    char *json = NULL;
    int32_t differs = 0;
    settle_status status = whatif ? settle_policy_whatif(c->session, c->argv[1], &differs, &json)
                                  : settle_policy_totals(c->session, d.from, d.until, &json);
    if (differs)
        cli_note(c, EXIT_FINDINGS);
    return cli_answer(c, status, json, whatif ? render_whatif : render_totals);
}
