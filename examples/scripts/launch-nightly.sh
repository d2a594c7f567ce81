#!/usr/bin/env bash
# Launches the nightly cluster. Begun from the example of the AWS page on custom roles, with what goes wrong in it.
set -euo pipefail

CLUSTER_ID=$(aws emr create-cluster --profile nightly --name nightly \
  --release-label emr-7.12.0 \
  --applications Name=Spark Name=Ganglia \
  --instance-type m5.xlarge --instance-count 3 \
  --use-default-roles \
  --ec2-attributes SubnetId=subnet-0123456789abcdef0,\
                   KeyName=nightly \
  --tags Key=team,Value=data \
  --query ClusterId --output text)

echo "Launched $CLUSTER_ID"
