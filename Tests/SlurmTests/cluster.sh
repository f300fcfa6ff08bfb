#!/bin/sh
# cluster.sh start FOLDER | stop FOLDER | lose FOLDER NODE
#
# A Slurm cluster of two nodes of one core each on this machine, for a test, with its files in FOLDER. It needs
# root, and Debian's slurmctld, slurmd, slurm-client and munge. Where a job is put back into the queue, Slurm
# lets it wait as long as a credential is good (cred_expire).
set -e
command=$1
folder=$2
export SLURM_CONF="$folder/slurm.conf"

stop_by() {
  if [ -s "$1" ]; then kill "$(cat "$1")" 2> /dev/null || true; fi
}

case $command in
start)
  host=$(hostname -s)
  mkdir -p "$folder/state" "$folder/log" "$folder/spool/n1" "$folder/spool/n2"
  if [ ! -s /etc/munge/munge.key ]; then
    (umask 077; dd if=/dev/urandom bs=1 count=1024 of=/etc/munge/munge.key 2> /dev/null)
    chown munge:munge /etc/munge/munge.key
  fi
  mkdir -p /run/munge
  chown munge:munge /run/munge /var/log/munge /var/lib/munge
  chmod 755 /run/munge
  cat > "$SLURM_CONF" <<CONF
ClusterName=test
SlurmctldHost=$host(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
CredType=cred/munge
AuthInfo=cred_expire=5
SlurmctldPort=16817
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.%n.pid
SlurmctldLogFile=$folder/log/slurmctld.log
SlurmdLogFile=$folder/log/slurmd.%n.log
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool/%n
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/none
MpiDefault=none
SwitchType=switch/none
ReturnToService=2
SlurmdTimeout=15
KillWait=5
SchedulerParameters=sched_interval=2,bf_interval=5
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
DefMemPerCPU=256
JobRequeue=1
PreemptType=preempt/partition_prio
PreemptMode=REQUEUE
NodeName=n1 NodeHostname=$host NodeAddr=127.0.0.1 Port=17001 CPUs=1 RealMemory=4000 State=UNKNOWN
NodeName=n2 NodeHostname=$host NodeAddr=127.0.0.1 Port=17002 CPUs=1 RealMemory=4000 State=UNKNOWN
PartitionName=work Nodes=n1,n2 Default=YES MaxTime=INFINITE State=UP PriorityTier=10 GraceTime=5
PartitionName=urgent Nodes=n1,n2 MaxTime=INFINITE State=UP PriorityTier=100
CONF
  [ -S /run/munge/munge.socket.2 ] && munge -n > /dev/null 2>&1 || runuser -u munge -- /usr/sbin/munged
  slurmctld -f "$SLURM_CONF"
  for node in n1 n2; do slurmd -f "$SLURM_CONF" -N "$node"; done
  for _ in $(seq 1 120); do
    if [ "$(sinfo -h -p work -N -o %t 2> /dev/null | grep -c idle)" = 2 ]; then exit 0; fi
    sleep 0.25
  done
  echo "the cluster did not come up; see $folder/log" >&2
  exit 1
  ;;
lose)
  # As if the machine had lost its power: nobody on it says anything any more.
  node=$3
  daemon=$(cat "$folder/slurmd.$node.pid")
  kill -STOP "$daemon"
  for step in $(pgrep -f "slurmstepd: \[" || true); do
    if tr '\0' '\n' < "/proc/$step/environ" 2> /dev/null | grep -q "SLURMD_NODENAME=$node" \
      || [ "$(ps -o ppid= -p "$step" | tr -d ' ')" = "$daemon" ]; then
      kill -KILL "$step"
    fi
  done
  for process in $(pgrep -f slurm-task || true); do
    if tr '\0' '\n' < "/proc/$process/environ" | grep -q "^SLURMD_NODENAME=$node\$"; then
      kill -KILL "$process"
    fi
  done
  kill -KILL "$daemon"
  ;;
stop)
  scancel --user="$(id -un)" 2> /dev/null || true
  for file in "$folder"/slurmd.*.pid "$folder/slurmctld.pid" /run/munge/munged.pid; do stop_by "$file"; done
  ;;
*)
  sed -n '2,6s/^# \{0,1\}//p' "$0" >&2
  exit 64
  ;;
esac
