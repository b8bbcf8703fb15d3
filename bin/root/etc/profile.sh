# SPDX-License-Identifier: ISC
# What an interactive shell does first.
echo "Mullion: processes own their memory and their page tables.  \`help' lists the words; sh /demo/tour.sh shows some."
