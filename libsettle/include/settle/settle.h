/* SPDX-License-Identifier: Apache-2.0 */
/** @file Everything of libsettle in one include. */
#ifndef SETTLE_SETTLE_H
#define SETTLE_SETTLE_H

#include <settle/status.h>
#include <settle/error.h>
#include <settle/context.h>
#include <settle/session.h>
#include <settle/stay.h>
#include <settle/source.h>
#include <settle/settlement.h>
#include <settle/exchange.h>
#include <settle/running.h>
#include <settle/document.h>
#include <settle/pack.h>

#endif
