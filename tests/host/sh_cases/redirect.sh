# SPDX-License-Identifier: ISC
d=/tmp/shtest.$$; mkdir $d; cd $d
echo one >a; echo two >>a; cat a; cat <a >b; cat b; echo err 2>&1 >c 1>&2 2>c; cat c
{ echo x; echo y >&2; } >o 2>e; cat o; echo --; cat e
{ echo x; echo y >&2; } >both 2>&1; cat both
cat <<EOF
here $((1+1)) $(echo sub) \$x "q" 'r' `echo t`
	tab
EOF
cat <<'EOF'
raw $x $(no)
EOF
cat <<-EOF | tr a-z A-Z
	strip
		me
	EOF
cat <<A; cat <<B
first
A
second
B
while read l; do echo "[$l]"; done <a
read x y <<E1
  one two   three  
E1
echo "$x|$y"
printf 'a\\b\nc\n' | { read -r p; read q; printf "%s %s\n" "$p" "$q"; }
exec 3>three; echo to3 >&3; exec 3>&-; cat three
(exec >sub; echo hidden); cat sub
cat nofile 2>/dev/null || echo failed $?
echo x >/nodir/file 2>/dev/null; echo $?
: >empty; [ -s empty ] || echo empty; [ -f a ] && [ -d . ] && echo file; [ -e none ] || echo none
f() { echo fun; } >funout; f; cat funout
for i in 1 2; do echo $i; done >loop; cat loop
if true; then cat; fi <<X
in if
X
cd /; cat $d/*; echo $d/[ab] | sed "s,$d,D,g"; cd $d; echo *; echo no*match [x-z]; echo ?; rm -r $d
