# SPDX-License-Identifier: ISC
# Five minutes of Mullion: each command is shown, then executed.
# The tour goes on at Enter when it has a terminal; `sh /demo/tour.sh < /dev/null` does not wait.

say() {
	echo
	echo "# $*"
}

do_() {
	echo "\$ $*"
	eval "$*"
}

pause() {
	[ -t 0 ] || return 0
	printf '                                                    (Enter)'
	read -r answer || exit 0
}

say 'All memory is in frames, and each frame has one owner.  These are the machine and its owners:'
do_ mem
pause

say 'A frame of 64 KiB, cut in two, and what the kernel has to say about the parts:'
do_ 'f=$(alloc 64K)'
do_ 'g=$(split $f 16K)'
do_ 'info $f; info $g'
pause

say 'The shell maps the first part, writes to it, and reads it in two ways: by address, and by frame.'
do_ 'at=$(map $f rw)'
do_ 'poke $at 0x6c6c754d 0x6e6f69'
do_ 'peek $at 2'
do_ 'dump $f 0 16'
do_ 'mappings $f'
pause

say 'The right to write is taken away.  The next write is a fault, which the shell survives.'
do_ 'protect $at 16K r'
do_ 'poke $at 1'
do_ 'unmap $at 16K'
do_ 'peek $at'
pause

say 'A page becomes a table for translations.  Its owner may read it, but nobody may write it (rule 3).'
do_ 't=$(alloc 4K)'
do_ 'table $t l2'
do_ 'map $t $g 0x3000 0 4K rw'
do_ 'vspace $t'
do_ 'words=$(map $t r); peek $words 4'
do_ 'map $t $t 0 0 0 rw'
pause

say 'What is mapped cannot be joined; what is not can.'
do_ 'merge $f $g'
do_ 'revoke $g'
do_ 'merge $f $g && info $f'
do_ 'free $f'
pause

say 'The address space of this shell:'
do_ maps
pause

say 'There is more in /demo/frames.sh: frames between processes, and a process built by hand.'
