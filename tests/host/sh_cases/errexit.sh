# SPDX-License-Identifier: ISC
f() { false; echo in f; }
(set -e; f || echo handled)
(set -e; f; echo never); echo $?
(set -e; while false; do :; done; echo after)
(set -e; x=$(false); echo never); echo $?
(set -e; true | false; echo never); echo $?
(set -e; false && true; echo andor)
(set -u; echo $undefined_x; echo never) 2>/dev/null; echo $?
(set -x; echo traced; y=1) 2>&1
